import { type Answer, openApiFile } from '@keybound/testkit/openapi'
import * as oauth from 'oauth4webapi'
import { expect, test } from 'vitest'
import { apiSecret } from '../test/clients.ts'
import { independentClient, obtainTokens, read, withNonce } from '../test/independent-client.ts'
import { type OpenedApp, openApp } from '../test/open-app.ts'
import { authServerOpenApi } from '../test/openapi/open-api.ts'
import { operations } from '../test/openapi/operations.ts'
import { routes } from './app.ts'

const initialAccessToken = 'MEpvYj4PcnP3h1o0Tn3JmsUoQb9YyLcdQ2wqU9cT1zk'
const app = await openApp({ initialAccessToken })

/** Forms for people, files and health; what the pages of the demo ask. Clients do not call these. */
const notForClients =
  /^\/(login|consent|account|logout\/everywhere|healthz|readyz|assets\/.*|journal.*|events.*|decisions.*|exchanges.*)$/

test('the committed document is what the schemas say: npm run openapi writes it anew', () => {
  expect(openApiFile('auth-server').read()).toEqual(authServerOpenApi())
})

test('every route for clients is described with its methods, and nothing else is', () => {
  const served = routes(app.dependencies)
    .filter(({ path }) => !notForClients.test(path))
    .flatMap(({ path, on }) => Object.keys(on).map((method) => `${method} ${path.replace(/:(\w+)/, '{$1}')}`))
  const described = Object.entries(operations).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  )
  expect(described.sort()).toEqual(served.filter((it) => it !== 'POST /logout').sort())
})

test('what is answered is what is described: status, type and every member of the body', async () => {
  const { recorded, recording } = recordingOf(app)
  await walk(recording)
  expect(recorded.length).toBeGreaterThan(20)
  const faults: string[] = []
  for (const { method, path, status, type, body } of recorded) {
    const answer: Answer | undefined = operations[path]?.[method as 'GET']?.answers[status]
    const where = `${method} ${path} ${status}`
    if (!answer) faults.push(`${where}: not described`)
    else if (answer.schema && !type.startsWith(answer.type ?? 'application/json'))
      faults.push(`${where}: is ${type}`)
    else if (answer.schema && answer.type !== 'text/html') {
      const parsed = answer.schema.safeParse(JSON.parse(body))
      if (!parsed.success) faults.push(`${where}: ${parsed.error.message} in ${body}`)
    }
  }
  expect(faults).toEqual([])
})

interface Recorded {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly type: string
  readonly body: string
}

/** The app with a note of every answer that a client sees. */
function recordingOf(opened: OpenedApp): { recorded: Recorded[]; recording: OpenedApp } {
  const recorded: Recorded[] = []
  const send: OpenedApp['send'] = async (target, init = {}) => {
    const response = await opened.send(target, init)
    const { pathname } = new URL(target, opened.issuer)
    if (!notForClients.test(pathname)) {
      recorded.push({
        method: init.method ?? 'GET',
        path: pathname.replace(/^\/register\/.+/, '/register/{client_id}'),
        status: response.status,
        type: response.headers.get('content-type') ?? '',
        body: await response.clone().text(),
      })
    }
    return response
  }
  return { recorded, recording: { ...opened, send } }
}

/** Every operation once with success, and each endpoint once refused. */
async function walk(to: OpenedApp): Promise<void> {
  const from = await independentClient(to)
  const { as, client, dpop, options } = from
  const { tokens } = await obtainTokens(to, from, 'openid profile offline_access')
  for (const method of ['GET', 'POST']) await read(from, tokens.access_token, `${to.issuer}/userinfo`, method)
  await withNonce(async () => {
    const { refresh_token = '' } = tokens
    const response = await oauth.refreshTokenGrantRequest(as, client, oauth.None(), refresh_token, {
      ...options,
      DPoP: dpop,
    })
    return oauth.processRefreshTokenResponse(as, client, response)
  })
  await oauth.revocationRequest(as, client, oauth.None(), tokens.access_token, options)

  for (const path of [
    '/.well-known/oauth-authorization-server',
    '/.well-known/openid-configuration',
    '/jwks',
  ])
    await to.send(path)
  for (const path of ['/par', '/token', '/introspect', '/revoke'])
    await to.send(path, { method: 'POST', body: new URLSearchParams({ client_id: 'nobody' }) })
  await to.send('/userinfo')
  await to.send('/authorize?client_id=nobody')
  await to.send('/authorize', { method: 'POST', body: new URLSearchParams({ client_id: 'nobody' }) })
  await to.send('/logout')
  await introspect(to, tokens.access_token)
  await register(to)
}

async function introspect(to: OpenedApp, token: string): Promise<void> {
  const authorization = `Basic ${btoa(`resource-api:${apiSecret}`)}`
  for (const looked of [token, 'nothing'])
    await to.send('/introspect', {
      method: 'POST',
      headers: { authorization },
      body: new URLSearchParams({ token: looked }),
    })
}

async function register(to: OpenedApp): Promise<void> {
  const json = { 'content-type': 'application/json' }
  const metadata = { redirect_uris: ['https://app.example/callback'], token_endpoint_auth_method: 'none' }
  const asked = (token: string, body: object) => ({
    method: 'POST',
    headers: { ...json, authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  })
  await to.send('/register', asked('wrong', metadata))
  await to.send('/register', asked(initialAccessToken, { redirect_uris: ['javascript:1'] }))
  const client = await (await to.send('/register', asked(initialAccessToken, metadata))).json()
  const { pathname } = new URL(client.registration_client_uri)
  const headers = { ...json, authorization: `Bearer ${client.registration_access_token}` }
  await to.send(pathname, { headers })
  await to.send(pathname, {
    method: 'PUT',
    headers,
    body: JSON.stringify({ ...metadata, client_id: client.client_id }),
  })
  await to.send(pathname, { method: 'DELETE', headers })
  await to.send(pathname, { headers })
}
