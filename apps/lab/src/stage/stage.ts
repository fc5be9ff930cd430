import { generateKey, type Signer } from '@keybound/dpop'
import { type Exchange, headerOf } from '@keybound/exchange'
import { redirectUri } from '../world/clients.ts'
import type { World } from '../world/world.ts'
import { type Actor, createActor } from './actor.ts'

/** One run of one attack: a world of its own, the victim, the thief, and everything that went over the wire. */
export interface Stage {
  readonly world: World
  readonly victim: Actor
  readonly thief: Actor
  readonly profileUrl: string
  readonly paymentsUrl: string
  readonly tokenUrl: string
  /** The victim signs in; the code, and the verifier that belongs to it. */
  authorize(): Promise<{ code: string; verifier: string }>
  /** The form with which a code is redeemed. */
  codeForm(code: string, verifier: string): Readonly<Record<string, string>>
  /** The victim signs in and redeems the code. */
  signIn(): Promise<Tokens>
  readonly exchanges: readonly Exchange[]
}

export interface Tokens {
  readonly accessToken: string
  readonly refreshToken: string
  readonly idToken: string
}

export async function openStage(world: World, signers: { victim: Signer; thief: Signer }): Promise<Stage> {
  const exchanges: Exchange[] = []
  const record = (exchange: Exchange) => void exchanges.push(exchange)
  const victim = createActor('victim', world, signers.victim, record)
  const thief = createActor('thief', world, signers.thief, record)
  const tokenUrl = `${world.baseUrl}/token`

  async function authorize(): Promise<{ code: string; verifier: string }> {
    const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)))
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: 'victim-app',
      redirect_uri: redirectUri,
      scope: 'openid profile offline_access',
      code_challenge: base64url(new Uint8Array(digest)),
      code_challenge_method: 'S256',
      state: crypto.randomUUID(),
      ...(world.settings.forgets.includes('requirement') ? {} : { dpop_jkt: signers.victim.jkt }),
    })
    const { response } = await victim.send({ step: 'Sign in', url: `${world.baseUrl}/authorize?${query}` })
    const code = new URL(headerOf(response?.headers ?? [], 'location') ?? 'none:').searchParams.get('code')
    if (code === null) throw new Error(`The lab's victim got no code: ${response?.status} ${response?.body}`)
    return { code, verifier }
  }

  function codeForm(code: string, verifier: string) {
    const form = { grant_type: 'authorization_code', client_id: 'victim-app', redirect_uri: redirectUri }
    return { ...form, code, code_verifier: verifier }
  }

  async function signIn(): Promise<Tokens> {
    const { code, verifier } = await authorize()
    const form = codeForm(code, verifier)
    const { response } = await victim.sendProved({
      step: 'Redeem the code',
      method: 'POST',
      url: tokenUrl,
      form,
    })
    if (response?.status !== 200) throw new Error(`The lab's victim got no tokens: ${response?.body}`)
    const { access_token, refresh_token, id_token } = JSON.parse(response.body ?? '{}')
    return { accessToken: access_token, refreshToken: refresh_token, idToken: id_token }
  }

  return {
    world,
    victim,
    thief,
    tokenUrl,
    profileUrl: world.resource,
    paymentsUrl: `${world.baseUrl}/api/payments`,
    authorize,
    codeForm,
    signIn,
    exchanges,
  }
}

/** Keys that may not leave WebCrypto, as a browser would have them. Made once per run. */
export async function newSigners(): Promise<{ victim: Signer; thief: Signer }> {
  const [victim, thief] = await Promise.all([generateKey('ES256'), generateKey('ES256')])
  return { victim, thief }
}

function base64url(octets: Uint8Array): string {
  return Buffer.from(octets).toString('base64url')
}
