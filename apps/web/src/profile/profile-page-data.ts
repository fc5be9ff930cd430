import { boundTo, type Exchange, headerOf, judgeExchange } from '@keybound/exchange'
import type { Web } from '../dependencies.ts'
import { type ServerJournals, serverJournals } from '../exchange/server-journals.ts'
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
    const journals = web.env.mode === 'demo' ? journalOfApi(web) : undefined
    const traced = journals ? { ...web, fetch: journals.traced(web.fetch) } : web
    const answer = await fetchProfile(traced, sessionId)
    if (answer === undefined) return { state: 'session over' }
    const last = answer.exchanges.at(-1)
    if (last === undefined) return { state: 'api unreachable' }
    const { session } = answer
    const exchange = (await journals?.find(last)) ?? (await judged(last, session))
    const profile = last.response?.status === 200 ? parseProfile(last.response.body) : undefined
    const data = { state: 'answered', session, profile, exchange } as const
    if (attempt === undefined) return data
    const tried = (await attemptTheft(traced, attempt, session, last)).at(-1)
    if (tried === undefined) return data
    const seen = (await journals?.find(tried)) ?? (await judged(tried, session))
    return { ...data, theft: { attempt, exchange: seen } }
  } catch (fault) {
    web.log.warn({ err: fault }, 'the profile could not be read')
    return { state: 'api unreachable' }
  }
}

function journalOfApi({ fetch, env }: Web): ServerJournals {
  return serverJournals({ fetch, bases: [env.apiUrl] })
}

/** As far as a client can tell. The nonce that the server holds good is the one the client has just used: it came from there. */
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
