import {
  type AuthorizationTransaction,
  approve,
  beginAuthorization,
  nextStep,
  recordLogin,
  secretHash,
  type UserSession,
} from '../src/index.ts'
import { type ClientName, clients } from './clients.ts'
import { formBody, type Parameters, type Sent, send } from './requests.ts'
import { alice, issuer, type Opened } from './server.ts'

export const verifier = 'a-verifier-of-at-least-forty-three-characters-0'
export const browser = secretHash('the cookie of this browser')

/** A good authorization request of this client. */
export function authorizationParameters(client: ClientName, change: Parameters = {}): Parameters {
  return {
    client_id: client,
    response_type: 'code',
    redirect_uri: clients[client].redirect_uris[0],
    scope: 'openid profile offline_access',
    state: 'a state',
    code_challenge: secretHash(verifier),
    code_challenge_method: 'S256',
    ...change,
  }
}

export function authorizeUrl(parameters: Parameters): string {
  return `${issuer}/authorize?${formBody(parameters)}`
}

export function getAuthorize({ server }: Opened, parameters: Parameters) {
  return beginAuthorization(server, new Request(authorizeUrl(parameters)), browser)
}

/** The transaction that a good request begins. */
export async function begun(opened: Opened, parameters: Parameters): Promise<AuthorizationTransaction> {
  const beginning = await getAuthorize(opened, parameters)
  if (beginning.next !== 'step') throw new Error(`Not begun: ${JSON.stringify(beginning)}`)
  return beginning.transaction
}

export function sessionOf({ clock }: Opened, subject = alice): UserSession {
  return { id: `session of ${subject}`, subject, authTime: clock.now() }
}

/** Signs in and agrees, as far as either is asked for. */
export async function finish(
  opened: Opened,
  begun: AuthorizationTransaction,
  subject = alice,
): Promise<Response> {
  const { server } = opened
  const session = sessionOf(opened, subject)
  let transaction = begun
  let step = await nextStep(server, transaction, undefined)
  if (step.next === 'login') {
    transaction = await recordLogin(server, transaction, session)
    step = await nextStep(server, transaction, session)
  }
  if (step.next === 'consent') return approve(server, step.transaction, session)
  if (step.next === 'answer') return step.response
  throw new Error(`Unexpected step ${step.next}`)
}

/** What came back in the redirect. */
export function answered(response: Response): Readonly<Record<string, string>> {
  const location = response.headers.get('location') ?? ''
  return Object.fromEntries(new URLSearchParams(location.slice(location.indexOf('?') + 1)))
}

/** A fresh code, from a plain authorization request. */
export async function codeFor(
  opened: Opened,
  client: ClientName = 'playground',
  change: Parameters = {},
): Promise<string> {
  const transaction = await begun(opened, authorizationParameters(client, change))
  const { code } = answered(await finish(opened, transaction))
  if (!code) throw new Error('No code')
  return code
}

/** The token request for a code. */
export function exchange(client: ClientName, code: string, change: Parameters = {}): Parameters {
  return {
    grant_type: 'authorization_code',
    code,
    redirect_uri: clients[client].redirect_uris[0],
    code_verifier: verifier,
    ...change,
  }
}

/** Tokens from a fresh code. */
export async function tokensFor(
  opened: Opened,
  client: ClientName = 'playground',
  change: Parameters = {},
  sent: Sent = {},
) {
  const code = await codeFor(opened, client, change)
  const response = await send(opened, '/token', exchange(client, code), { client, ...sent })
  const tokens = await response.json()
  if (response.status !== 200) throw new Error(JSON.stringify(tokens))
  return tokens as {
    access_token: string
    token_type: string
    refresh_token: string
    id_token: string
    scope: string
  }
}

export function refresh(refreshToken: string, change: Parameters = {}): Parameters {
  return { grant_type: 'refresh_token', refresh_token: refreshToken, ...change }
}
