import { parseBase64url } from '@keybound/dpop/server'
import * as base64url from 'jose/base64url'

/** What the address of an inspection holds: the paste, and what was typed beside it. */
export interface InspectorState {
  readonly text: string
  readonly method: string
  readonly url: string
  readonly nonce: string
  /** Empty: the time of looking at it. */
  readonly at: string
}

export const emptyState: InspectorState = { text: '', method: '', url: '', nonce: '', at: '' }

/** The state as a fragment. A fragment never leaves the browser: no server sees it in a request. */
export function writeFragment(state: InspectorState): string {
  return `#v1.${base64url.encode(JSON.stringify(state))}`
}

/** Undefined where the fragment holds no state. */
export function readFragment(fragment: string): InspectorState | undefined {
  const encoded = /^#v1\.([\w-]+)$/.exec(fragment)?.[1]
  const bytes = encoded === undefined ? undefined : parseBase64url(encoded)
  if (bytes === undefined) return undefined
  try {
    const value = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>
    const text = (name: keyof InspectorState) => (typeof value[name] === 'string' ? value[name] : '')
    return {
      text: text('text'),
      method: text('method'),
      url: text('url'),
      nonce: text('nonce'),
      at: text('at'),
    }
  } catch {
    return undefined
  }
}
