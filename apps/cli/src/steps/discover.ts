import type { AuthorizationServerMetadata } from '@keybound/oauth'
import { expectObject, expectSame, expectText, NotAsExpected } from '../expectation.ts'
import type { Narrator } from '../narrator.ts'
import type { Wire } from '../wire/tap-wire.ts'

/** The endpoints that the walk uses; each one is present. */
export interface Server {
  readonly issuer: string
  readonly pushedAuthorizationRequest: string
  readonly authorization: string
  readonly token: string
  readonly jwks: string
}

/** @see RFC 8414 §3.3: the issuer in the document must be the one that was asked. */
export async function discover(issuer: string, wire: Wire, narrator: Narrator): Promise<Server> {
  narrator.step(
    'It asks the authorization server what it offers',
    'Endpoints and algorithms come from the server itself, so the client needs to know one address only.',
  )
  const { origin, pathname } = new URL(issuer)
  const response = await wire.fetch(
    `${origin}/.well-known/oauth-authorization-server${pathname === '/' ? '' : pathname}`,
  )
  expectSame('The status of the metadata', response.status, 200)
  const metadata = await expectObject('The metadata', response)
  expectSame('The issuer in the metadata', metadata.issuer, issuer)
  const algs = (metadata as Partial<AuthorizationServerMetadata>).dpop_signing_alg_values_supported ?? []
  if (!algs.includes('ES256'))
    throw new NotAsExpected(
      `The server should accept proofs signed with ES256, but offers ${algs.join(', ') || 'none'}`,
    )
  narrator.fact('issuer', issuer)
  narrator.fact('proofs signed', algs.join(', '))
  narrator.good('The server knows DPoP.')
  return {
    issuer,
    pushedAuthorizationRequest: expectText('The metadata', metadata, 'pushed_authorization_request_endpoint'),
    authorization: expectText('The metadata', metadata, 'authorization_endpoint'),
    token: expectText('The metadata', metadata, 'token_endpoint'),
    jwks: expectText('The metadata', metadata, 'jwks_uri'),
  }
}
