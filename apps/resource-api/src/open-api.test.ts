import { openApiFile } from '@keybound/testkit/openapi'
import { expect, test } from 'vitest'
import { env, openApi } from '../test/open-api.ts'
import { resourceApiOpenApi } from '../test/openapi/open-api.ts'
import { operations } from '../test/openapi/operations.ts'
import { GET as metadata } from './app/.well-known/oauth-protected-resource/api/profile/route.ts'
import { GET as metadataAtRoot } from './app/.well-known/oauth-protected-resource/route.ts'
import { GET, PATCH } from './app/api/profile/route.ts'

test('the committed document is what the schemas say: npm run openapi writes it anew', () => {
  expect(openApiFile('resource-api').read()).toEqual(resourceApiOpenApi())
})

test('what is answered is what is described, in success and in refusal', async () => {
  const { request, issue, server, clock } = openApi()
  const bare = new Request(env.resource)
  const narrow = await request('GET', { token: await issue({ scope: 'openid' }) })
  const unknown = await request('GET', { token: await issue({ sub: 'mallory' }) })
  const forClient = await request('GET', {
    token: await issue({ sub: 'client:service', client_id: 'service' }),
  })
  const answers: [keyof typeof operations, 'GET' | 'PATCH', Response][] = [
    ['/api/profile', 'GET', await GET(await request('GET'), undefined)],
    ['/api/profile', 'GET', await GET(bare, undefined)],
    ['/api/profile', 'GET', await GET(narrow, undefined)],
    ['/api/profile', 'GET', await GET(unknown, undefined)],
    ['/api/profile', 'GET', await GET(forClient, undefined)],
    [
      '/api/profile',
      'PATCH',
      await PATCH(await request('PATCH', { body: '{"name":"Alice B."}' }), undefined),
    ],
    ['/api/profile', 'PATCH', await PATCH(await request('PATCH', { body: '{"name":1}' }), undefined)],
    [
      '/api/profile',
      'PATCH',
      await PATCH(await request('PATCH', { body: '{}', type: 'text/plain' }), undefined),
    ],
    ['/.well-known/oauth-protected-resource/api/profile', 'GET', await metadata()],
    ['/.well-known/oauth-protected-resource', 'GET', await metadataAtRoot()],
  ]
  server.down = true
  clock.advance(10)
  answers.push(['/api/profile', 'GET', await GET(await request('GET'), undefined)])

  expect(answers.map(([, , { status }]) => status)).toEqual([
    200, 401, 403, 404, 200, 200, 400, 415, 200, 200, 503,
  ])
  for (const [path, method, response] of answers) {
    const described = operations[path]?.[method]?.answers[response.status]
    const body: unknown = await response.json()
    expect(
      described?.schema?.safeParse(body).error?.message,
      `${method} ${path} ${response.status}`,
    ).toBeUndefined()
    expect(described?.schema, `${method} ${path} ${response.status}`).toBeDefined()
  }
})
