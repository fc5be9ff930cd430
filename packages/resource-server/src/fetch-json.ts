import type { Clock } from '@keybound/oauth'

export interface OutboundOptions {
  readonly fetch?: typeof fetch
  readonly clock?: Clock
  /** Seconds for the whole exchange. */
  readonly timeout?: number
}

const longest = 64 * 1024

/**
 * Asks another server for JSON: no redirect is followed, at most 64 KB are read, the whole takes at most `timeout` seconds (5).
 * Throws for everything else than a 200 with JSON; what it throws is not meant for the wire.
 */
export async function fetchJson(url: string, init: RequestInit, options: OutboundOptions): Promise<unknown> {
  const send = options.fetch ?? fetch
  const signal = AbortSignal.timeout((options.timeout ?? 5) * 1000)
  const response = await send(url, { ...init, redirect: 'error', signal })
  if (response.status !== 200) {
    await response.body?.cancel()
    throw new Error(`${new URL(url).pathname} answered ${response.status}`)
  }
  return JSON.parse(await readText(response))
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let text = ''
  let size = 0
  if (!response.body) return text
  for await (const chunk of response.body) {
    size += chunk.byteLength
    if (size > longest) throw new Error(`the answer is larger than ${longest} bytes`)
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
