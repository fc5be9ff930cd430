import { createProof, type Signer, signerFromJwk } from '@keybound/dpop'
import { testKeys } from '@keybound/testkit'
import { importJWK, SignJWT } from 'jose'
import {
  introspectionRequest,
  pushedAuthorizationRequest,
  revocationRequest,
  tokenRequest,
} from '../src/index.ts'
import { type ClientName, clients, secret } from './clients.ts'
import { issuer, type Opened } from './server.ts'

export const key: Signer = await signerFromJwk(testKeys.ES256.privateJwk)
export const otherKey: Signer = await signerFromJwk(testKeys.otherES256.privateJwk)

/** `undefined` takes a parameter out; a list repeats it. */
export type Parameters = Readonly<Record<string, string | readonly string[] | undefined>>

export interface Sent {
  readonly client?: ClientName | 'nobody'
  /** The proof's key; false for no proof; a text for whatever is to stand in the header. */
  readonly proof?: Signer | string | false
  readonly nonce?: string
  readonly headers?: HeadersInit
}

const endpoints = {
  '/token': tokenRequest,
  '/par': pushedAuthorizationRequest,
  '/introspect': introspectionRequest,
  '/revoke': revocationRequest,
} as const
export type Path = keyof typeof endpoints

/** Sends a form as the client would: authenticated by its method, with a fresh proof by `key` unless told otherwise. */
export async function send(
  { server, clock }: Opened,
  path: Path,
  parameters: Parameters,
  { client = 'playground', proof = key, nonce, headers }: Sent = {},
): Promise<Response> {
  const url = issuer + path
  const all = new Headers({ 'content-type': 'application/x-www-form-urlencoded' })
  if (typeof proof === 'string') all.set('dpop', proof)
  else if (proof)
    all.set(
      'dpop',
      await createProof(proof, { method: 'POST', url, now: clock.now(), ...(nonce && { nonce }) }),
    )
  const authentication = await authenticated(client, clock.now())
  if (authentication.basic) all.set('authorization', authentication.basic)
  new Headers(headers).forEach((value, name) => {
    all.set(name, value)
  })
  const body = formBody({ ...authentication.form, ...parameters })
  return endpoints[path](server, new Request(url, { method: 'POST', headers: all, body }))
}

export function formBody(parameters: Parameters): string {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of value === undefined ? [] : [value].flat()) form.append(name, one)
  }
  return form.toString()
}

async function authenticated(
  name: ClientName | 'nobody',
  now: number,
): Promise<{ form: Parameters; basic?: string }> {
  if (name === 'nobody') return { form: {} }
  switch (clients[name].token_endpoint_auth_method) {
    case 'none':
      return { form: { client_id: name } }
    case 'client_secret_basic':
      return { form: {}, basic: basic(name, secret) }
    case 'client_secret_post':
      return { form: { client_id: name, client_secret: secret } }
    case 'private_key_jwt':
      return { form: assertionForm(await assertion(name, now)) }
  }
}

export function basic(clientId: string, clientSecret: string): string {
  const encode = (text: string) => encodeURIComponent(text).replaceAll('%20', '+')
  return `Basic ${btoa(`${encode(clientId)}:${encode(clientSecret)}`)}`
}

export function assertionForm(clientAssertion: string): Parameters {
  return {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: clientAssertion,
  }
}

/** A good client assertion, with whatever is to be changed in it; undefined takes a member out. */
export async function assertion(
  clientId: string,
  now: number,
  claims: Readonly<Record<string, unknown>> = {},
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const pair = clientId === 'service' ? testKeys.otherES256 : testKeys.ES256
  const payload = {
    iss: clientId,
    sub: clientId,
    aud: issuer,
    jti: crypto.randomUUID(),
    iat: now,
    exp: now + 60,
    ...claims,
  }
  return new SignJWT(JSON.parse(JSON.stringify(payload)))
    .setProtectedHeader(JSON.parse(JSON.stringify({ alg: 'ES256', kid: `${clientId}-key`, ...header })))
    .sign(await importJWK(pair.privateJwk, 'ES256'))
}
