import { accessTokenHash } from '@keybound/dpop'
import type { Exchange } from '@keybound/exchange'
import { UnsecuredJWT } from 'jose'
import { decodeProof } from '../proof/decode-proof.ts'

export const places = {
  webUrl: 'http://web.example',
  issuer: 'http://as.example',
  apiUrl: 'http://api.example',
  journals: false,
}

/** What the platform does otherwise than it should. */
export interface PlatformFault {
  tokenType?: string
  issuer?: string
  acceptsEverything?: boolean
  neverRevokes?: boolean
}

/**
 * Authorization server and API for a public client, behind one fetch. Both ask for a nonce once, bind the token to the key of the
 * proof and refuse what a thief sends, with the check ids of the real ones; signatures are not checked here.
 */
export function fakePlatform(fault: PlatformFault = {}) {
  const sent: { method: string; path: string; form: URLSearchParams }[] = []
  const used = new Set<string>()
  let tokens = 0
  let revoked = false

  function refuse(status: 400 | 401, error: string, description: string, nonce?: string): Response {
    const headers = new Headers(nonce === undefined ? {} : { 'dpop-nonce': nonce })
    const body = { error, error_description: description }
    if (status === 401)
      headers.set('www-authenticate', `DPoP error="${error}", error_description="${description}"`)
    return Response.json(body, { status, headers })
  }

  function challenge(request: Request, status: 400 | 401): Response | undefined {
    const proof = decodeProof(request.headers.get('dpop') ?? '')
    const nonce = `nonce-of-${new URL(request.url).host}`
    if (proof?.payload.nonce === nonce) return undefined
    return refuse(status, 'use_dpop_nonce', 'nonce.match: The proof needs a nonce.', nonce)
  }

  /** What this site's server did, as an exchange. */
  function introspection(): Exchange {
    return {
      id: crypto.randomUUID(),
      step: 'introspect',
      from: 'web',
      to: 'auth-server',
      request: { method: 'POST', url: `${places.issuer}/introspect`, headers: [] },
      response: {
        status: 200,
        headers: [],
        body: JSON.stringify({ active: !revoked || fault.neverRevokes === true }),
      },
      timings: { sentAt: 0, took: 0 },
    }
  }

  async function resource(request: Request): Promise<Response> {
    const [scheme = '', token = ''] = (request.headers.get('authorization') ?? '').split(' ')
    const proofJwt = request.headers.get('dpop') ?? ''
    const profile = Response.json({ sub: 'alice-sub', name: 'Alice' })
    if (fault.acceptsEverything) return profile
    if (scheme.toLowerCase() === 'bearer')
      return refuse(401, 'invalid_token', 'scheme.match: The token is bound to a key.')
    const challenged = challenge(request, 401)
    if (challenged) return challenged
    const proof = decodeProof(proofJwt)
    if (proof?.payload.ath !== (await accessTokenHash(token)))
      return refuse(401, 'invalid_dpop_proof', 'ath.match: Another token.')
    if (!token.includes(keyOf(proofJwt))) return refuse(401, 'invalid_token', 'jkt.match: Another key.')
    if (used.has(proofJwt)) return refuse(401, 'invalid_dpop_proof', 'jti.unused: Used before.')
    used.add(proofJwt)
    return profile
  }

  const answers: Record<string, (request: Request) => Response | Promise<Response>> = {
    [`${places.apiUrl}/.well-known/oauth-protected-resource/api/profile`]: () =>
      Response.json({ resource: `${places.apiUrl}/api/profile`, authorization_servers: [places.issuer] }),
    [`${places.issuer}/.well-known/oauth-authorization-server`]: () =>
      Response.json({
        issuer: fault.issuer ?? places.issuer,
        authorization_endpoint: `${places.issuer}/authorize`,
        token_endpoint: `${places.issuer}/token`,
        pushed_authorization_request_endpoint: `${places.issuer}/par`,
        revocation_endpoint: `${places.issuer}/revoke`,
      }),
    [`${places.issuer}/par`]: (request) =>
      challenge(request, 400) ??
      Response.json({ request_uri: 'urn:example:1', expires_in: 60 }, { status: 201 }),
    [`${places.issuer}/token`](request) {
      const challenged = challenge(request, 400)
      if (challenged) return challenged
      // The key's own text stands for its thumbprint.
      const access_token =
        new UnsecuredJWT({ n: ++tokens }).encode() + keyOf(request.headers.get('dpop') ?? '')
      return Response.json({
        access_token,
        token_type: fault.tokenType ?? 'DPoP',
        refresh_token: `rt_${tokens}`,
        expires_in: 300,
      })
    },
    [`${places.issuer}/revoke`](request) {
      const challenged = challenge(request, 400)
      if (challenged) return challenged
      revoked = true
      return Response.json({})
    },
    [`${places.webUrl}/playground/introspect`]: () => Response.json(introspection()),
    [`${places.apiUrl}/api/profile`]: resource,
  }

  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    const url = new URL(request.url)
    const form = new URLSearchParams(request.method === 'POST' ? await request.clone().text() : '')
    sent.push({ method: request.method, path: url.pathname, form })
    return answers[url.origin + url.pathname]?.(request) ?? new Response(null, { status: 404 })
  }
  return { fetch, sent }
}

function keyOf(proofJwt: string): string {
  const jwk = decodeProof(proofJwt)?.header.jwk
  return typeof jwk === 'object' && jwk !== null && 'x' in jwk ? String(jwk.x) : 'none'
}
