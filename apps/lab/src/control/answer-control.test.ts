import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { AttackDescription } from '@keybound/exchange'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTargets, type Targets } from '../world/open-targets.ts'
import { controlHandler } from './answer-control.ts'

const origin = 'http://web.example'
let targets: Targets
let server: Server
let url: string

beforeAll(async () => {
  targets = await openTargets(() => Date.now() / 1000)
  server = createServer(controlHandler({ worlds: targets.worlds, webOrigin: origin })).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.close()
  await targets.close()
})

test('lists twenty attacks, each with one line of code, of its own and of a test', async () => {
  const list = (await (await fetch(`${url}/attacks`)).json()) as AttackDescription[]
  expect(list.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
  const root = join(import.meta.dirname, '../../../..')
  for (const { code, definition, test: tests } of list)
    for (const { file, line } of [code, definition, tests]) {
      const lines = readFileSync(join(root, file), 'utf8').split('\n')
      expect(
        lines.filter((each) => each.includes(line)),
        `${file}: ${line}`,
      ).toHaveLength(1)
    }
})

test('plays an attack with the defence and without', { timeout: 60_000 }, async () => {
  const launch = async (column: string) => {
    const init = { method: 'POST', headers: { origin } }
    return (await fetch(`${url}/attacks/replay?column=${column}`, init)).json()
  }
  expect(await launch('dpop')).toMatchObject({ result: 'stopped', by: ['jti.unused'], asExpected: true })
  expect(await launch('defence-off')).toMatchObject({ result: 'succeeded', asExpected: true })
})

test('launches nothing for another site, and nothing that it does not know', async () => {
  const post = (path: string, from = origin) =>
    fetch(url + path, { method: 'POST', headers: { origin: from } })
  expect((await post('/attacks/replay?column=dpop', 'http://evil.example')).status).toBe(403)
  expect((await post('/attacks/replay?column=x')).status).toBe(400)
  expect((await post('/attacks/unknown?column=dpop')).status).toBe(404)
  expect((await fetch(`${url}/attacks/replay`)).status).toBe(405)
})
