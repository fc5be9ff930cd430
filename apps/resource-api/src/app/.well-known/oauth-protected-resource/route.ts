import { otherMethods } from '../../../http/other-methods.ts'
import { resourceApi } from '../../../resource-api.ts'

export const dynamic = 'force-dynamic'

/** How the profile is protected. The same for everybody, so any page may read it and any cache keep it. @see RFC 9728 §3 */
export function GET(): Response {
  const headers = { 'cache-control': 'public, max-age=300' }
  return Response.json(resourceApi().metadata, { headers })
}

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET')
