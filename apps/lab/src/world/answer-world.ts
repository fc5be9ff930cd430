import {
  approve,
  beginAuthorization,
  nextStep,
  pushedAuthorizationRequest,
  tokenRequest,
} from '@keybound/authorization-server'
import { jsonResponse } from '@keybound/oauth'
import type { Requirement } from '@keybound/resource-server'
import type { World } from './world.ts'

/** The routes of one world: an authorization server where Alice is signed in and says yes, and an API. */
export async function answerWorld(world: World, path: string, request: Request): Promise<Response> {
  const route = `${request.method} ${path}`
  if (route === 'POST /token') return tokenRequest(world.server, request)
  if (route === 'POST /par') return pushedAuthorizationRequest(world.server, request)
  if (route === 'GET /authorize') return authorizeAlice(world, request)
  if (path === '/api/profile') return answerApi(world, request, { scope: 'profile' })
  if (path === '/api/payments')
    return answerApi(world, request, { scope: 'profile', url: `${world.baseUrl}/api/payments` })
  return jsonResponse({ error: 'not_found' }, { status: 404 })
}

/** A load balancer would choose the replica; here the request says which. */
function answerApi(world: World, request: Request, requirement: Requirement): Promise<Response> {
  const replica = world.replicas[request.headers.get('x-lab-replica') === '2' ? 1 : 0]
  if (!replica) throw new TypeError('a world has two replicas')
  const seen = world.settings.firstLineWins ? withFirstProof(request) : request
  return replica(seen, requirement, async ({ subject }) =>
    jsonResponse({
      sub: subject,
      did: `${request.method} ${new URL(request.url).pathname}`,
      body: await request.text(),
    }),
  )
}

/** What a framework makes of a repeated header that shows its handlers the first line. */
function withFirstProof(request: Request): Request {
  const [first] = (request.headers.get('dpop') ?? '').split(', ')
  const headers = new Headers(request.headers)
  if (first) headers.set('dpop', first)
  return new Request(request.url, { method: request.method, headers })
}

async function authorizeAlice({ server }: World, request: Request): Promise<Response> {
  const session = { id: 'session', subject: 'alice', authTime: server.clock() }
  const beginning = await beginAuthorization(server, request, 'browser')
  if (beginning.next === 'answer') return beginning.response
  if (beginning.next !== 'step') return jsonResponse({ error: 'invalid_request' }, { status: 400 })
  const step = await nextStep(server, beginning.transaction, session)
  if (step.next === 'consent') return approve(server, step.transaction, session)
  return step.next === 'answer' ? step.response : jsonResponse({ error: 'login' }, { status: 400 })
}
