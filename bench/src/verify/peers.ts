import { createHash, verify } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { JoseKey } from '@atproto/jwk-jose'
import { OAuthVerifier } from '@atproto/oauth-provider'
import { auth } from 'express-oauth2-jwt-bearer'
import { calculateJwkThumbprint, createLocalJWKSet, EmbeddedJWK, importJWK, jwtVerify } from 'jose'
import * as oauth from 'oauth4webapi'
import Provider from 'oidc-provider'
// The function that oidc-provider's own endpoints call; it is not part of its public interface.
import validateDpop, { checkDpopReplay } from 'oidc-provider/lib/helpers/validate_dpop.js'
import { ISSUER, RESOURCE } from './names.ts'
import type { Key, Work } from './work.ts'

/** A way to check one protected request: resolves for a good one, throws for a bad one. */
export interface Verifier {
  readonly name: string
  /** Whether it refuses a proof that was used before. Peers without it do less work and are still compared. */
  readonly replay: boolean
  verify(work: Work): unknown
}

/** The floor: the one signature that can never be cached, and nothing else. */
export function rawVerify(): Verifier {
  return {
    name: 'one raw verify (node:crypto, key ready)',
    replay: false,
    verify({ proof, client }) {
      const dot = proof.lastIndexOf('.')
      const ok = verify(
        'sha256',
        Buffer.from(proof.slice(0, dot)),
        { key: client.publicKey, dsaEncoding: 'ieee-p1363' },
        Buffer.from(proof.slice(dot + 1), 'base64url'),
      )
      if (!ok) throw new Error('bad signature')
    },
  }
}

/** The floor on WebCrypto: the same, where a verification is a promise. */
export function rawSubtleVerify(): Verifier {
  const keys = new WeakMap<Key, Promise<CryptoKey>>()
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  return {
    name: 'one raw subtle.verify (key ready)',
    replay: false,
    async verify({ proof, client }) {
      const key =
        keys.get(client) ??
        crypto.subtle.importKey('jwk', client.publicJwk as JsonWebKey, algorithm, false, ['verify'])
      keys.set(client, key)
      const dot = proof.lastIndexOf('.')
      const signature = Buffer.from(proof.slice(dot + 1), 'base64url')
      const ok = await crypto.subtle.verify(algorithm, await key, signature, Buffer.from(proof.slice(0, dot)))
      if (!ok) throw new Error('bad signature')
    },
  }
}

/** What a careful reader of a tutorial writes with jose. */
export function naiveJose(server: Key): Verifier {
  const jwks = createLocalJWKSet({ keys: [{ ...server.publicJwk, kid: server.jkt, alg: 'ES256' }] })
  const seen = new Map<string, number>()
  return {
    name: 'jose, by hand',
    replay: true,
    async verify({ accessToken, proof }) {
      const token = await jwtVerify(accessToken, jwks, { issuer: ISSUER, audience: RESOURCE, typ: 'at+jwt' })
      const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
        typ: 'dpop+jwt',
        maxTokenAge: 20,
      })
      if (payload.htm !== 'GET' || payload.htu !== RESOURCE) throw new Error('htm or htu')
      if (payload.ath !== createHash('sha256').update(accessToken).digest('base64url')) throw new Error('ath')
      const jkt = await calculateJwkThumbprint(protectedHeader.jwk ?? {})
      if ((token.payload.cnf as { jkt?: string } | undefined)?.jkt !== jkt) throw new Error('cnf')
      const key = `${jkt}.${payload.jti}`
      if (seen.has(key)) throw new Error('replay')
      seen.set(key, Date.now())
    },
  }
}

export function oauth4webapi(server: Key): Verifier {
  const jwks = { keys: [{ ...server.publicJwk, kid: server.jkt, alg: 'ES256', use: 'sig' }] }
  /** It takes a cached key set for 300 s and would then fetch it: new ones are handed to it in time. */
  const handOver = () => ({ as: { issuer: ISSUER, jwks_uri: `${ISSUER}/jwks` }, cache: { jwks, uat: now() } })
  const now = () => Math.floor(Date.now() / 1000)
  let handed = handOver()
  return {
    name: 'oauth4webapi validateJwtAccessToken',
    replay: false,
    verify({ request }) {
      if (now() - handed.cache.uat > 120) handed = handOver()
      return oauth.validateJwtAccessToken(handed.as, request, RESOURCE, {
        requireDPoP: true,
        [oauth.jwksCache]: handed.cache as oauth.JWKSCacheInput,
      })
    },
  }
}

/** Its middleware, called with the few members of Express's request that it reads; its keys come from a JWKS on loopback, fetched once. */
export async function expressOauth2JwtBearer(server: Key): Promise<Verifier & { close(): void }> {
  const http = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({ keys: [{ ...server.publicJwk, kid: server.jkt, alg: 'ES256', use: 'sig' }] }),
    )
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  const middleware = auth({
    issuer: ISSUER,
    audience: RESOURCE,
    jwksUri: `http://127.0.0.1:${port}/jwks`,
    tokenSigningAlg: 'ES256',
    dpop: { enabled: true, required: true },
  })
  const url = new URL(RESOURCE)
  return {
    name: 'express-oauth2-jwt-bearer',
    replay: false,
    verify: ({ accessToken, proof }) =>
      new Promise<void>((resolve, reject) => {
        const headers = { host: url.host, authorization: `DPoP ${accessToken}`, dpop: proof }
        const request = {
          method: 'GET',
          url: url.pathname,
          originalUrl: url.pathname,
          baseUrl: '',
          path: url.pathname,
          protocol: url.protocol.slice(0, -1),
          headers,
          rawHeaders: Object.entries(headers).flat(),
          query: {},
          body: undefined,
          is: () => false,
          get: (name: string) => headers[name.toLowerCase() as keyof typeof headers],
        }
        // biome-ignore lint/suspicious/noExplicitAny: a peer's input, made by hand
        middleware(request as any, {} as any, (error?: unknown) => (error ? reject(error) : resolve()))
      }),
    close: () => http.close(),
  }
}

export function oidcProvider(server: Key): Verifier {
  const provider = new Provider(ISSUER, {
    features: { dPoP: { enabled: true, nonceSecret: undefined, requireNonce: () => false } },
    clients: [],
  })
  const token = importJWK(server.publicJwk, 'ES256')
  return {
    name: 'oidc-provider validate_dpop + jose',
    replay: true,
    async verify({ accessToken, proof }) {
      const context = {
        method: 'GET',
        get: (name: string) => (name.toLowerCase() === 'dpop' ? proof : ''),
        set() {},
        assert(value: unknown, error: Error) {
          if (!value) throw error
        },
        oidc: { provider, route: 'userinfo', urlFor: () => RESOURCE },
      }
      const { payload } = await jwtVerify(accessToken, await token, {
        issuer: ISSUER,
        audience: RESOURCE,
        typ: 'at+jwt',
      })
      const checked = await validateDpop(provider, context, accessToken)
      if (!checked || (payload.cnf as { jkt?: string } | undefined)?.jkt !== checked.thumbprint)
        throw new Error('cnf')
      await checkDpopReplay(provider, context, checked, 'bench')
    },
  }
}

export async function atproto(server: Key): Promise<Verifier> {
  const pkcs8 = server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const verifier = new OAuthVerifier({
    issuer: ISSUER,
    keyset: [await JoseKey.fromPKCS8(pkcs8, 'ES256', server.jkt)],
    dpopSecret: false,
  })
  const url = new URL(RESOURCE)
  return {
    name: '@atproto/oauth-provider OAuthVerifier',
    replay: true,
    verify: ({ accessToken, proof }) =>
      verifier.authenticateRequest(
        'GET',
        url,
        { authorization: `DPoP ${accessToken}`, dpop: proof },
        { audience: [RESOURCE] },
      ),
  }
}
