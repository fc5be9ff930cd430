import { createHash, randomUUID, sign } from 'node:crypto'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { JoseKey } from '@atproto/jwk-jose'
import * as dpop from 'dpop'
import { SignJWT } from 'jose'
import * as oauth from 'oauth4webapi'
import * as openidClient from 'openid-client'
import { RESOURCE } from '../verify/names.ts'
import { createKey } from '../verify/work.ts'

/** A way to make a proof for GET RESOURCE with a bound access token: the proof's text. */
export interface Creator {
  readonly name: string
  create(accessToken: string): Promise<string> | string
}

/** The floor: the signature over a ready signing input, and nothing else. */
export async function rawSign(): Promise<Creator> {
  const { privateKey, publicJwk } = await createKey()
  const input = Buffer.from(`${encode({ typ: 'dpop+jwt', alg: 'ES256', jwk: publicJwk })}.${'x'.repeat(240)}`)
  return {
    name: 'one raw sign (node:crypto, input ready)',
    create: () => sign('sha256', input, { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url'),
  }
}

export async function dpopPackage(): Promise<Creator> {
  const pair = await dpop.generateKeyPair('ES256')
  return {
    name: 'dpop',
    create: (accessToken) => dpop.generateProof(pair, RESOURCE, 'GET', undefined, accessToken),
  }
}

export async function jose(): Promise<Creator> {
  const { privateKey, publicJwk } = await createKey()
  return {
    name: 'jose SignJWT',
    create: (accessToken) =>
      new SignJWT({
        jti: randomUUID(),
        htm: 'GET',
        htu: RESOURCE,
        ath: createHash('sha256').update(accessToken).digest('base64url'),
      })
        .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: publicJwk })
        .setIssuedAt()
        .sign(privateKey),
  }
}

interface AtprotoFetch {
  dpopFetchWrapper(options: {
    key: JoseKey
    supportedAlgs: string[]
    nonces: { get(): undefined; set(): void; del(): void }
    isAuthServer: boolean
    fetch: (input: Request) => Promise<Response>
  }): (input: string, init: RequestInit) => Promise<Response>
}

/** What its handle does inside each request; the method is there at run time, though not in its types. */
interface ProofAdding {
  addProof(url: URL, headers: Headers, method: string, accessToken?: string): Promise<void>
}

export async function oauth4webapi(): Promise<Creator> {
  const handle = oauth.DPoP({}, await oauth.generateKeyPair('ES256')) as unknown as ProofAdding
  return { name: 'oauth4webapi', create: (accessToken) => proofOf(handle, accessToken) }
}

export async function openidClientPackage(): Promise<Creator> {
  const configuration = new openidClient.Configuration({ issuer: 'https://as.bench.test' }, 'bench')
  const handle = openidClient.getDPoPHandle(
    configuration,
    await openidClient.randomDPoPKeyPair('ES256'),
  ) as unknown as ProofAdding
  return { name: 'openid-client', create: (accessToken) => proofOf(handle, accessToken) }
}

export async function atproto(): Promise<Creator> {
  // Its wrapper alone, which its index does not export.
  const require = createRequire(import.meta.url)
  const { dpopFetchWrapper } = require(
    join(require.resolve('@atproto/oauth-client'), '../fetch-dpop.js'),
  ) as AtprotoFetch
  const { privateKey } = await createKey()
  const key = await JoseKey.fromPKCS8(
    privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    'ES256',
    'bench',
  )
  let proof = ''
  const send = dpopFetchWrapper({
    key,
    supportedAlgs: ['ES256'],
    nonces: { get: () => undefined, set() {}, del() {} },
    isAuthServer: false,
    fetch: async (input) => {
      proof = input.headers.get('dpop') ?? ''
      return new Response(null, { status: 204 })
    },
  })
  return {
    name: '@atproto/oauth-client dpop fetch',
    create: async (accessToken) => {
      await send(RESOURCE, { headers: { authorization: `DPoP ${accessToken}` } })
      return proof
    },
  }
}

async function proofOf(handle: ProofAdding, accessToken: string): Promise<string> {
  const headers = new Headers()
  await handle.addProof(new URL(RESOURCE), headers, 'GET', accessToken)
  return headers.get('dpop') ?? ''
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
