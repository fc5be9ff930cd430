import { createNonceCache, dpopFetch, type Signer } from '@keybound/dpop/client'

/** What belongs to one sign-in. It stays on the server: the browser's cookie holds its id alone. */
export interface KeyboundSession {
  readonly key: Signer
  accessToken: string
  refreshToken: string
}

const { ISSUER_URL = 'http://localhost:4000', API_URL = 'http://localhost:4001' } = process.env
const { CLIENT_ID = '', CLIENT_SECRET = '' } = process.env

export const client = { issuer: ISSUER_URL, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET }

/** Next.js loads this module once for each bundle; what they share hangs on globalThis. In more than one process it belongs in a store. */
const shared = globalThis as typeof globalThis & { keyboundSessions?: Map<string, KeyboundSession> }
shared.keyboundSessions ??= new Map()
export const sessions = shared.keyboundSessions

/** The last nonce of each server. */
export const nonces = createNonceCache()

/** Every request has a proof of its own, and the token is of no use without the session's key. */
export function readProfile({ key, accessToken }: KeyboundSession): Promise<Response> {
  return dpopFetch(`${API_URL}/api/profile`, { key, nonces, accessToken })
}

/** With the same key, because a proof by it is what the new token is bound to. */
export async function refresh(session: KeyboundSession): Promise<void> {
  const basic = btoa(`${encodeURIComponent(CLIENT_ID)}:${encodeURIComponent(CLIENT_SECRET)}`)
  const response = await dpopFetch(`${ISSUER_URL}/token`, {
    key: session.key,
    nonces,
    init: {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: session.refreshToken }),
    },
  })
  if (!response.ok) throw new Error(`The refresh was refused with ${response.status}`)
  const tokens = (await response.json()) as { access_token: string; refresh_token?: string }
  session.accessToken = tokens.access_token
  session.refreshToken = tokens.refresh_token ?? session.refreshToken
}
