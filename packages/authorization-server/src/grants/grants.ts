import type { Form } from '@keybound/oauth'
import type { AuthorizationServer } from '../authorization-server.ts'
import type { Client, GrantType } from '../client/client.ts'
import type { CheckedProof } from '../proof-for.ts'
import { refused } from '../refused.ts'
import { authorizationCode } from './authorization-code.ts'
import { clientCredentials } from './client-credentials.ts'
import type { GrantRequest } from './grant-request.ts'
import { refreshToken } from './refresh-token.ts'

/** Finds what the client may have, and says which writes decide it. Reads only. */
export type GrantHandler = (
  server: AuthorizationServer,
  form: Form,
  client: Client,
  proof: CheckedProof | undefined,
  now: number,
) => Promise<GrantRequest>

/** Every grant_type of this server. Metadata advertises exactly these. */
export const grants = {
  authorization_code: authorizationCode,
  refresh_token: refreshToken,
  client_credentials: clientCredentials,
} as const satisfies Readonly<Record<GrantType, GrantHandler>>

export const grantTypes = Object.keys(grants) as readonly GrantType[]

/** @throws OAuthError invalid_request `grant_type.present`, unsupported_grant_type `grant_type.known` */
export function readGrantType(form: Form): GrantType {
  const asked = form.get('grant_type')
  if (asked === undefined) throw refused('grant_type.present')
  const known = grantTypes.find((grantType) => grantType === asked)
  if (known === undefined) throw refused('grant_type.known')
  return known
}

/** @throws OAuthError unauthorized_client `grant_type.allowed` */
export function checkGrantType(client: Client, grantType: GrantType): void {
  if (!client.grant_types.includes(grantType)) throw refused('grant_type.allowed')
}
