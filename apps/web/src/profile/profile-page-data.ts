import { type Exchange, headerOf, judgeExchange } from '@keybound/exchange'
import type { Web } from '../dependencies.ts'
import { decodePayload } from '../proof/decode-proof.ts'
import type { WebSession } from '../session/web-sessions.ts'
import { type Profile, parseProfile } from './profile.ts'
import { type Attempt, attemptTheft, fetchProfile } from './profile-client.ts'

/** What the page shows. No member of it holds a token, except the session, which stays on the server. */
export type ProfilePageData =
  | { readonly state: 'session over' }
  | { readonly state: 'api unreachable' }
  | {
      readonly state: 'answered'
      readonly session: WebSession
      readonly profile: Profile | undefined
      readonly exchange: Exchange
      readonly theft?: { readonly attempt: Attempt; readonly exchange: Exchange }
    }

export async function profilePageData(
  web: Web,
  sessionId: string,
  attempt?: Attempt,
): Promise<ProfilePageData> {
  try {
    const answer = await fetchProfile(web, sessionId)
    if (answer === undefined) return { state: 'session over' }
    const last = answer.exchanges.at(-1)
    if (last === undefined) return { state: 'api unreachable' }
    const { session } = answer
    const exchange = await judged(last, session)
    const profile = last.response?.status === 200 ? parseProfile(last.response.body) : undefined
    const data = { state: 'answered', session, profile, exchange } as const
    if (attempt === undefined) return data
    const tried = (await attemptTheft(web, attempt, session, last)).at(-1)
    return tried ? { ...data, theft: { attempt, exchange: await judged(tried, session) } } : data
  } catch (fault) {
    web.log.warn({ err: fault }, 'the profile could not be read')
    return { state: 'api unreachable' }
  }
}

/** The nonce that the server holds good is the one the client has just used: it came from there. */
async function judged(exchange: Exchange, session: WebSession): Promise<Exchange> {
  const { accessToken } = session.tokens
  const payload = decodePayload(headerOf(exchange.request.headers, 'dpop') ?? '')
  const nonce = payload?.nonce
  const verdict = await judgeExchange(exchange, {
    accessToken,
    jkt: boundTo(accessToken) ?? session.signer.jkt,
    nonces: typeof nonce === 'string' ? [nonce] : [],
  })
  return { ...exchange, ...(verdict && { verdict }) }
}

/** `cnf.jkt` of the access token. A client need not look into its tokens; this one teaches. */
export function boundTo(accessToken: string): string | undefined {
  const cnf = decodePayload(accessToken)?.cnf
  const jkt = typeof cnf === 'object' && cnf !== null && 'jkt' in cnf ? cnf.jkt : undefined
  return typeof jkt === 'string' ? jkt : undefined
}
