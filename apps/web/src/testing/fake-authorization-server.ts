import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { decodePayload } from '../proof/decode-proof.ts'

export const issuer = 'http://as.example'

/** What this authorization server does otherwise than it should. */
export interface Misbehaviour {
  /** `needed`: asks for a nonce until it is given one. `always`: is never content. */
  nonce?: 'needed' | 'always'
  metadata?: Record<string, unknown>
  parStatus?: number
  tokenType?: string
  idToken?: (claims: JWTPayload) => Promise<string> | string
  refresh?: 'invalid_grant' | 'unavailable'
}

export interface Received {
  readonly path: string
  readonly form: URLSearchParams
  readonly proof: Readonly<Record<string, unknown>> | undefined
}

/**
 * An authorization server behind a fetch: discovery, JWKS, PAR, token and revocation. It notes what it receives and checks
 * nothing, so that a test sees what this client does by itself.
 */
export async function fakeAuthorizationServer(bad: Misbehaviour = {}) {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }
  const received: Received[] = []
  const pushed = new Map<string, URLSearchParams>()
  let idTokenNonce: string | undefined

  function signIdToken(claims: JWTPayload): Promise<string> {
    return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).sign(privateKey)
  }

  function claims(): JWTPayload {
    const now = Math.floor(Date.now() / 1000)
    return {
      iss: issuer,
      sub: 'alice-sub',
      aud: 'web',
      iat: now,
      exp: now + 300,
      nonce: idTokenNonce,
      name: 'Alice',
    }
  }

  const metadata = {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/jwks`,
    pushed_authorization_request_endpoint: `${issuer}/par`,
    revocation_endpoint: `${issuer}/revoke`,
    introspection_endpoint: `${issuer}/introspect`,
    end_session_endpoint: `${issuer}/logout`,
    authorization_response_iss_parameter_supported: true,
    id_token_signing_alg_values_supported: ['ES256'],
    code_challenge_methods_supported: ['S256'],
    response_types_supported: ['code'],
    ...bad.metadata,
  }

  function challenge(proof: Received['proof']): Response | undefined {
    if (bad.nonce === undefined || (bad.nonce === 'needed' && proof?.nonce === 'nonce-1')) return undefined
    const nonce = bad.nonce === 'always' ? `nonce-${crypto.randomUUID()}` : 'nonce-1'
    return Response.json({ error: 'use_dpop_nonce' }, { status: 400, headers: { 'dpop-nonce': nonce } })
  }

  async function token(form: URLSearchParams): Promise<Response> {
    if (form.get('grant_type') === 'refresh_token' && bad.refresh === 'unavailable')
      return new Response(null, { status: 503 })
    if (form.get('grant_type') === 'refresh_token' && bad.refresh === 'invalid_grant')
      return Response.json({ error: 'invalid_grant' }, { status: 400 })
    const given = claims()
    return Response.json({
      access_token: `at-${crypto.randomUUID()}`,
      token_type: bad.tokenType ?? 'DPoP',
      expires_in: 300,
      refresh_token: 'rt_first',
      scope: 'openid profile',
      id_token: await (bad.idToken?.(given) ?? signIdToken(given)),
    })
  }

  const answers: Record<string, (form: URLSearchParams) => Response | Promise<Response>> = {
    '/.well-known/openid-configuration': () => Response.json(metadata),
    '/jwks': () => Response.json({ keys: [jwk] }),
    '/par'(form) {
      if (bad.parStatus) return Response.json({ error: 'invalid_request' }, { status: bad.parStatus })
      const requestUri = `urn:ietf:params:oauth:request_uri:${crypto.randomUUID()}`
      pushed.set(requestUri, form)
      return Response.json({ request_uri: requestUri, expires_in: 60 }, { status: 201 })
    },
    '/token': token,
    '/revoke': () => new Response(null, { status: 200 }),
    '/introspect': () => Response.json({ active: true, token_type: 'DPoP' }),
  }

  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    const { pathname } = new URL(request.url)
    const form = new URLSearchParams(request.method === 'POST' ? await request.text() : '')
    const proof = decodePayload(request.headers.get('dpop') ?? '')
    received.push({ path: pathname, form, proof })
    const refused = request.method === 'POST' ? challenge(proof) : undefined
    return refused ?? answers[pathname]?.(form) ?? new Response(null, { status: 404 })
  }

  return {
    fetch,
    received,
    signIdToken,
    /** The posts to an endpoint, in order. */
    posts: (path: string) => received.filter((one) => one.path === path && one.form.size > 0),
    /** The user signs in: where the browser is sent with what. */
    authorize(url: URL, change: Record<string, string | undefined> = {}): string {
      const request = pushed.get(url.searchParams.get('request_uri') ?? '') ?? url.searchParams
      idTokenNonce = request.get('nonce') ?? undefined
      const back = new URL(request.get('redirect_uri') ?? '')
      const answer = { code: 'code_abc', state: request.get('state') ?? '', iss: issuer, ...change }
      for (const [name, value] of Object.entries(answer))
        if (value !== undefined) back.searchParams.set(name, value)
      return back.href
    },
  }
}

export type FakeAuthorizationServer = Awaited<ReturnType<typeof fakeAuthorizationServer>>
