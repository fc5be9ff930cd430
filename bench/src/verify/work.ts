import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
  sign,
} from 'node:crypto'
import { exportJWK, type JWK } from 'jose'
import { ISSUER, RESOURCE } from './names.ts'

export interface Key {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  readonly publicJwk: JWK
  readonly jkt: string
}

/** What a request is made of: a bound access token and a proof for one GET of RESOURCE. Everything that a variant may not be charged for is made here. */
export interface Work {
  readonly accessToken: string
  readonly proof: string
  readonly client: Key
  /** The same two as a request, for those that take one. */
  readonly request: Request
  /** The same with a proof that carries a nonce, for servers that ask for one. */
  readonly nonceRequest: Request
}

export async function createKey(): Promise<Key> {
  // PEM instead of JWK export: in Node 20 the latter can freeze right after generateKeyPairSync.
  const pair = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const publicKey = createPublicKey(pair.publicKey)
  const { kty = '', crv = '', x = '', y = '' } = await exportJWK(publicKey)
  const jkt = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')
  return { privateKey: createPrivateKey(pair.privateKey), publicKey, publicJwk: { kty, crv, x, y }, jkt }
}

export function signJwt(header: object, payload: object, key: KeyObject): string {
  const input = `${encode(header)}.${encode(payload)}`
  return `${input}.${sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

/** An RFC 9068 access token bound to the client's key; `padding` makes it longer. */
export function createAccessToken(server: Key, client: Key, padding = ''): string {
  const now = Math.floor(Date.now() / 1000)
  const payload = {
    iss: ISSUER,
    sub: 'alice',
    aud: RESOURCE,
    client_id: 'bench',
    scope: 'profile',
    iat: now,
    exp: now + 3600,
    jti: `tok-${randomUUID().replaceAll('-', '')}`,
    cnf: { jkt: client.jkt },
    ...(padding ? { padding } : {}),
  }
  return signJwt({ typ: 'at+jwt', alg: 'ES256', kid: server.jkt }, payload, server.privateKey)
}

export function createWork(client: Key, accessToken: string, nonce: string): Work {
  const proof = createProof(client, accessToken)
  const ofProof = (dpop: string) =>
    new Request(RESOURCE, { headers: { authorization: `DPoP ${accessToken}`, dpop } })
  return {
    accessToken,
    proof,
    client,
    request: ofProof(proof),
    nonceRequest: ofProof(createProof(client, accessToken, nonce)),
  }
}

function createProof(client: Key, accessToken: string, nonce?: string): string {
  const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: client.publicJwk }
  const ath = createHash('sha256').update(accessToken).digest('base64url')
  const payload = {
    jti: randomUUID(),
    htm: 'GET',
    htu: RESOURCE,
    iat: Math.floor(Date.now() / 1000),
    ath,
    nonce,
  }
  return signJwt(header, payload, client.privateKey)
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
