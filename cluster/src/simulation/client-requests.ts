import {
  type AuthorizationServer,
  type AuthorizationTransaction,
  approve,
  beginAuthorization,
  nextStep,
  pushedAuthorizationRequest,
  secretHash,
  tokenRequest,
} from '@keybound/authorization-server'
import { createProof, type Signer, signerFromJwk } from '@keybound/dpop'
import { OAuthError, resourceErrorResponse } from '@keybound/oauth'
import { type Random, testKeys } from '@keybound/testkit'
import { importJWK, SignJWT } from 'jose'
import type { Prepared } from './attempt.ts'
import { type ClientName, issuer, type Replica, resource, start } from './simulated-platform.ts'

const key: Signer = await signerFromJwk(testKeys.ES256.privateJwk)
const thief: Signer = await signerFromJwk(testKeys.otherES256.privateJwk)
const verifier = 'a-verifier-of-at-least-forty-three-characters-0'
const redirectUri = 'https://client.example/callback'
const browser = secretHash('the cookie of this browser')
const alice = { id: 'a session', subject: 'alice', authTime: 0 }

export function push(client: ClientName, random: Random): Prepared {
  const form = {
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'profile offline_access',
    code_challenge: secretHash(verifier),
    code_challenge_method: 'S256',
    dpop_jkt: key.jkt,
  }
  return atEndpoint('push', client, form, authentication(client, random), undefined, [])
}

/** The browser arrives, signed in already, and agrees. `begun` gets the transaction as soon as there is one. */
export function authorize(
  client: ClientName,
  requestUri: string,
  begun: (transaction: AuthorizationTransaction) => void,
): Prepared {
  const query = new URLSearchParams({ client_id: client, request_uri: requestUri })
  return {
    what: 'authorize',
    spends: [requestUri],
    send: ({ server }) =>
      answering(async () => {
        const beginning = await beginAuthorization(
          server,
          new Request(`${issuer}/authorize?${query}`),
          browser,
        )
        if (beginning.next === 'error page') throw beginning.error
        if (beginning.next !== 'step') throw new Error(`${beginning.next} is unexpected`)
        begun(beginning.transaction)
        return agree(server, beginning.transaction)
      }),
  }
}

/** The same transaction again: a second tab, a double click. */
export function agreeAgain(transaction: AuthorizationTransaction): Prepared {
  return {
    what: 'approve',
    spends: [transaction.id],
    send: ({ server }) => answering(() => agree(server, transaction)),
  }
}

async function agree(server: AuthorizationServer, transaction: AuthorizationTransaction): Promise<Response> {
  const step = await nextStep(server, transaction, alice)
  if (step.next === 'consent') return approve(server, step.transaction, alice)
  if (step.next === 'answer') return step.response
  throw new Error('Nobody has to sign in here')
}

export async function exchange(
  client: ClientName,
  code: string,
  now: number,
  random: Random,
): Promise<Prepared> {
  const form = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  }
  return atEndpoint('exchange', client, form, authentication(client, random), await proofAt(now), [code])
}

export async function refresh(
  client: ClientName,
  refreshToken: string,
  now: number,
  random: Random,
): Promise<Prepared> {
  const form = { grant_type: 'refresh_token', refresh_token: refreshToken }
  return atEndpoint('refresh', client, form, authentication(client, random), await proofAt(now), [])
}

export async function clientCredentials(now: number, random: Random): Promise<Prepared> {
  const form = { grant_type: 'client_credentials' }
  return atEndpoint(
    'client credentials',
    'service',
    form,
    authentication('service', random),
    await proofAt(now),
    [],
  )
}

/** `how` a thief reads: with a key of his own, or without any. */
export async function read(
  accessToken: string,
  now: number,
  how: 'rightly' | 'with another key' | 'as bearer',
): Promise<Prepared> {
  const signer = how === 'with another key' ? thief : key
  const proof = await createProof(signer, { method: 'GET', url: resource, accessToken, now })
  const scheme = how === 'as bearer' ? 'Bearer' : 'DPoP'
  return {
    what: 'read',
    spends: [proof],
    ...(how !== 'rightly' && { stolen: true }),
    async send({ protect }) {
      const headers = { authorization: `${scheme} ${accessToken}`, dpop: proof }
      try {
        await protect(new Request(resource, { headers }), { scope: 'profile' })
        return new Response('the profile')
      } catch (error) {
        return resourceErrorResponse(error, { algs: ['ES256'] })
      }
    },
  }
}

function proofAt(now: number): Promise<string> {
  return createProof(key, { method: 'POST', url: `${issuer}/token`, now })
}

/** Signed once for all simulations, since signing takes longer than a whole request. Each simulation has a store of its own. */
const assertions = new Map<ClientName, readonly string[]>()
for (const client of ['shop', 'service'] as const)
  assertions.set(client, await Promise.all(Array.from({ length: 40 }, () => signAssertion(client))))

async function signAssertion(client: ClientName): Promise<string> {
  const claims = { iss: client, sub: client, aud: issuer, jti: crypto.randomUUID() }
  return new SignJWT({ ...claims, iat: start, exp: start + 120 })
    .setProtectedHeader({ alg: 'ES256', kid: 'its key' })
    .sign(await importJWK(testKeys.ES256.privateJwk, 'ES256'))
}

function authentication(client: ClientName, random: Random): Record<string, string> {
  const signed = assertions.get(client)
  if (!signed) return { client_id: client }
  return {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: random.pick(signed),
  }
}

function atEndpoint(
  what: Prepared['what'],
  client: ClientName,
  form: Record<string, string>,
  authenticated: Record<string, string>,
  proof: string | undefined,
  spends: readonly string[],
): Prepared {
  const endpoint = what === 'push' ? pushedAuthorizationRequest : tokenRequest
  const url = `${issuer}/${what === 'push' ? 'par' : 'token'}`
  const body = new URLSearchParams({ client_id: client, ...authenticated, ...form }).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...(proof && { dpop: proof }) }
  return {
    what,
    spends: [
      ...spends,
      ...(proof ? [proof] : []),
      ...(authenticated.client_assertion ? [authenticated.client_assertion] : []),
    ],
    send: ({ server }: Replica) => endpoint(server, new Request(url, { method: 'POST', headers, body })),
  }
}

/** As the pages of the app do: a fault is shown, 503 where a store is down. */
async function answering(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    return new Response(null, { status: error.code === 'temporarily_unavailable' ? 503 : 400 })
  }
}
