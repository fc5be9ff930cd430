import type { Access } from '@keybound/resource-server'
import { notFound } from '../http/answers.ts'
import { resourceApi } from '../resource-api.ts'

/** The profile of whom the token is about. A token of a client that acts for nobody (client_credentials) is about the client. */
export async function readProfile(_request: Request, access: Access): Promise<Response> {
  if (isClientItself(access)) return Response.json({ sub: access.clientId, client: true })
  const profile = await resourceApi().profiles.find(access.subject)
  return profile ? Response.json(profile) : notFound()
}

/** Our authorization server gives such a token the subject `client:<client_id>`, which no user has. @see RFC 9068 §5 */
export function isClientItself({ subject, clientId }: Access): boolean {
  return subject === `client:${clientId}`
}
