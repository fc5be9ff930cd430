import { dpopFetch, generateKey } from '@keybound/dpop/client'
import { type Exchange, recordingFetch, refusalOf } from '@keybound/exchange'
import { refreshTokens } from '../auth/refresh-tokens.ts'
import type { Web } from '../dependencies.ts'
import { liveSession } from '../session/live-session.ts'
import type { WebSession } from '../session/web-sessions.ts'

export interface ProfileAnswer {
  readonly session: WebSession
  readonly response: Response
  /** Every attempt, the nonce retry included, oldest first. Not redacted. */
  readonly exchanges: readonly Exchange[]
}

/** The one upstream of this app: there is no way to name another. */
export function profileUrl(web: Web): string {
  return `${web.env.apiUrl}/api/profile`
}

/**
 * Asks the resource API, with the session's token and a proof by the session's key. A token that is refused although it has not
 * expired (revoked, or its key retired) is refreshed once. There is no bearer fallback: without a key there is no request.
 * Undefined where the session is over. Throws TypeError where the API does not answer.
 */
export async function fetchProfile(
  web: Web,
  sessionId: string,
  init: RequestInit = {},
): Promise<ProfileAnswer | undefined> {
  const session = await sessionWithToken(web, sessionId)
  if (session === undefined) return undefined
  const answer = await ask(web, session, init)
  if (!isTokenRefused(answer)) return answer
  const renewed = await sessionWithToken(web, sessionId, session.tokens.accessToken)
  if (renewed === undefined) return undefined
  const again = await ask(web, renewed, init)
  return { ...again, exchanges: [...answer.exchanges, ...again.exchanges] }
}

function isTokenRefused({ exchanges }: ProfileAnswer): boolean {
  const last = exchanges.at(-1)
  return last?.response?.status === 401 && refusalOf(last)?.error === 'invalid_token'
}

/** The session with a living token, or with another token than `fresherThan`: refreshed at most once however many ask. */
export function sessionWithToken(
  web: Web,
  id: string,
  fresherThan?: string,
): Promise<WebSession | undefined> {
  return liveSession(
    {
      sessions: web.sessions,
      rows: web.rows,
      clock: web.clock,
      refresh: refreshTokens(web),
      underWay: web.refreshes,
      sleep: (seconds) => new Promise((wake) => setTimeout(wake, seconds * 1000)),
    },
    id,
    fresherThan === undefined ? {} : { fresherThan },
  )
}

async function ask(web: Web, session: WebSession, init: RequestInit): Promise<ProfileAnswer> {
  const { fetch, exchanges } = recorder(web, 'Read the profile')
  const response = await dpopFetch(new Request(profileUrl(web), init), {
    key: session.signer,
    accessToken: session.tokens.accessToken,
    nonces: web.nonces,
    clock: web.clock,
    fetch,
  })
  return { session, response, exchanges }
}

/** What somebody could try who stole the token. Each really goes to the API; `seen` is a request that it accepted. */
export const attempts = ['bearer', 'replay', 'other-key'] as const
export type Attempt = (typeof attempts)[number]

export async function attemptTheft(
  web: Web,
  attempt: Attempt,
  session: WebSession,
  seen: Exchange,
): Promise<readonly Exchange[]> {
  const { accessToken } = session.tokens
  const { fetch, exchanges } = recorder(web, attempt, 'thief')
  const url = profileUrl(web)
  if (attempt === 'bearer') await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } })
  if (attempt === 'replay') await fetch(url, { headers: Object.fromEntries(seen.request.headers) })
  if (attempt === 'other-key')
    await dpopFetch(new Request(url), {
      key: await generateKey('ES256'),
      accessToken,
      nonces: web.nonces,
      clock: web.clock,
      fetch,
    })
  return exchanges
}

function recorder(web: Web, step: string, from = 'web') {
  const exchanges: Exchange[] = []
  const fetch = recordingFetch({
    fetch: web.fetch,
    clock: web.clock,
    about: { step, from, to: 'resource-api' },
    record: (exchange) => exchanges.push(exchange),
  })
  return { fetch, exchanges }
}
