import { requirement, testKeys } from '@keybound/testkit'
import { expect, test, vi } from 'vitest'
import { clients } from '../../test/clients.ts'
import { refusal } from '../../test/refusal.ts'
import { assertion, assertionForm, send } from '../../test/requests.ts'
import { type Opened, openServer } from '../../test/server.ts'
import { createKeySets } from './key-set/key-sets.ts'

/** `service`, with its keys behind a URL. */
async function openWithUri() {
  const fetch = vi.fn(async () => [{ ...testKeys.otherES256.publicJwk, kid: 'service-key' }])
  let clock: () => number = () => 0
  const opened = openServer({ clientKeySets: createKeySets(fetch, () => clock()) })
  clock = opened.clock.now
  const { jwks: _, ...service } = clients.service
  await opened.stores.saveClient({ ...service, jwks_uri: 'https://service.example/jwks' })
  return { opened, fetch }
}

async function ask(opened: Opened, header: Readonly<Record<string, unknown>> = {}): Promise<Response> {
  const form = assertionForm(await assertion('service', opened.clock.now(), {}, header))
  return send(opened, '/token', { grant_type: 'client_credentials', ...form }, { client: 'nobody' })
}

test('a client is known by the keys behind its jwks_uri', async () => {
  const { opened, fetch } = await openWithUri()
  for (let i = 0; i < 3; i++) expect((await ask(opened)).status).toBe(200)
  expect(fetch.mock.calls).toEqual([['https://service.example/jwks']])
})

requirement(
  'T-030',
  'a thousand assertions with random kids are refused, and cost one fetch per cool-down',
  async () => {
    const { opened, fetch } = await openWithUri()
    expect((await ask(opened)).status).toBe(200)
    opened.clock.advance(31)
    for (let i = 0; i < 1000; i++) {
      const response = await ask(opened, { kid: crypto.randomUUID() })
      if (i % 100 === 0) expect(await refusal(response)).toBe('401 invalid_client client.auth')
      else expect(response.status).toBe(401)
    }
    expect(fetch).toHaveBeenCalledTimes(2)
    expect((await ask(opened)).status).toBe(200)
  },
)

test('what breaks the rules of an assertion fetches nothing', async () => {
  const { opened, fetch } = await openWithUri()
  for (const header of [
    { alg: 'ES256', typ: 'dpop+jwt' },
    { crit: ['x'], x: 1 },
  ]) {
    const form = assertionForm(
      await assertion('service', opened.clock.now(), {}, header).catch(() => 'a.b.c'),
    )
    expect(
      (await send(opened, '/token', { grant_type: 'client_credentials', ...form }, { client: 'nobody' }))
        .status,
    ).toBe(401)
  }
  expect(fetch).not.toHaveBeenCalled()
})

test('while the keys cannot be had the client is not authenticated', async () => {
  const { opened, fetch } = await openWithUri()
  fetch.mockRejectedValue(new Error('down'))
  expect(await refusal(await ask(opened))).toBe('401 invalid_client client.auth')
})
