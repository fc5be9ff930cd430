import type { Access } from '@keybound/resource-server'
import { badRequest, notFound } from '../http/answers.ts'
import { resourceApi } from '../resource-api.ts'
import { parsePatch } from './parse-patch.ts'
import { isClientItself } from './read-profile.ts'

/** Applies a JSON merge patch and answers with the profile as it is then. @see RFC 7396 · RFC 5789 §2.2 */
export async function changeProfile(request: Request, access: Access): Promise<Response> {
  if (!isMergePatch(request)) {
    const answer = badRequest('content.type', 'a profile is changed with application/merge-patch+json', 415)
    answer.headers.set('accept-patch', 'application/merge-patch+json')
    return answer
  }
  const parsed = parsePatch(await readJson(request))
  if ('fault' in parsed) return badRequest('profile.patch', parsed.fault)
  const { profiles, clock } = resourceApi()
  const changed = isClientItself(access)
    ? undefined
    : await profiles.change(access.subject, parsed.patch, clock())
  return changed ? Response.json(changed) : notFound()
}

function isMergePatch(request: Request): boolean {
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';')
  return type.trim().toLowerCase() === 'application/merge-patch+json'
}

/** undefined, which is no patch, for what is not JSON. The front door has limited its size. */
async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json()
  } catch {
    return undefined
  }
}
