import { createProof, type Signer, signerFromJwk } from '@keybound/dpop'
import { memoryLedger } from '@keybound/stores/memory'
import { fixedClock, testKeys } from '@keybound/testkit'
import { importJWK, SignJWT } from 'jose'
import { wire } from '../src/dependencies.ts'
import { createLog } from '../src/log.ts'
import { publish } from '../src/resource-api.ts'
import { memoryProfiles } from './memory-profiles.ts'

export const env = {
  issuer: 'https://as.example',
  resource: 'https://api.example/api/profile',
  webOrigin: 'https://web.example',
  nonceSecret: 'n'.repeat(32),
  revokeOnReplay: false,
  clientSecret: 'c'.repeat(32),
}

export const aliceSub = '6f1c1d5e-0001-4000-8000-000000000001'
export const alice = await signerFromJwk(testKeys.otherES256.privateJwk, 'ES256')

const profile = { sub: aliceSub, name: 'Alice', email: 'alice@example.com', locale: 'en', updated_at: 1 }

/** The whole API with everything real but the clock, the stores and the authorization server, published for the route handlers. */
export function openApi() {
  const clock = fixedClock()
  const lines: string[] = []
  const server = { active: true, says: {}, down: false, asked: [] as string[] }
  const profiles = memoryProfiles([profile])

  async function fetchFromServer(url: string | URL | Request, init?: RequestInit): Promise<Response> {
    server.asked.push(`${init?.method ?? 'GET'} ${url}`)
    if (server.down) throw new TypeError('fetch failed')
    const { pathname } = new URL(String(url))
    if (pathname === '/jwks') return Response.json({ keys: [{ ...testKeys.ES256.publicJwk, kid: 'as-1' }] })
    return Response.json(server.active ? { active: true, ...server.says } : { active: false })
  }

  const storage = { ledger: memoryLedger(), profiles, ping: async () => {} }
  const log = createLog({ level: 'info', destination: { write: (line) => lines.push(line) } })
  const api = wire(env, storage, log, { clock: clock.now, fetch: fetchFromServer as typeof fetch })
  publish(api)

  /** What a good token says. */
  function saying(): Record<string, unknown> {
    const now = Math.floor(clock.now())
    return {
      iss: env.issuer,
      aud: env.resource,
      sub: aliceSub,
      client_id: 'web',
      scope: 'profile profile:write',
      jti: crypto.randomUUID(),
      iat: now,
      exp: now + 300,
      cnf: { jkt: alice.jkt },
    }
  }

  async function issue(claims: Record<string, unknown> = {}): Promise<string> {
    const key = await importJWK(testKeys.ES256.privateJwk, 'ES256')
    const header = { alg: 'ES256', kid: 'as-1', typ: 'at+jwt' }
    return new SignJWT({ ...saying(), ...claims }).setProtectedHeader(header).sign(key)
  }

  /** A request with token and proof, by a client that knows the nonce of now. */
  async function request(
    method: string,
    parts: { token?: string; signer?: Signer; body?: string; type?: string } = {},
  ): Promise<Request> {
    const { token = await issue(), signer = alice, body, type = 'application/merge-patch+json' } = parts
    const nonce = await nonceOf(api.answer)
    const proof = await createProof(signer, {
      method,
      url: env.resource,
      accessToken: token,
      nonce,
      now: clock.now(),
    })
    const headers = {
      authorization: `DPoP ${token}`,
      dpop: proof,
      'x-correlation-id': 'correlation-1',
      ...(body !== undefined && { 'content-type': type }),
    }
    return new Request(`${env.resource}?q=secret-query`, {
      method,
      headers,
      ...(body !== undefined && { body }),
    })
  }

  /** Learns the nonce as a client does: from the challenge to a proof without one. */
  async function nonceOf(answer: typeof api.answer): Promise<string> {
    const accessToken = 'x'
    const proof = await createProof(alice, {
      method: 'GET',
      url: env.resource,
      accessToken,
      now: clock.now(),
    })
    const headers = { authorization: `DPoP ${accessToken}`, dpop: proof }
    const response = await answer(new Request(env.resource, { headers }), {}, () => new Response())
    return response.headers.get('dpop-nonce') ?? ''
  }

  return { api, clock, lines, server, profiles, saying, issue, request }
}
