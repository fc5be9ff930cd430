import { once } from 'node:events'
import { Agent, get, type IncomingMessage, type ServerResponse } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { exchangeRaw } from '../test/exchange-raw.ts'
import { type FrontDoor, openFrontDoor } from './front-door.ts'

const open: FrontDoor[] = []
const agent = new Agent({ keepAlive: true })
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())))

/** A door for two at once; what was let in waits in `held` for its answer. */
async function doorForTwo(onRequest: (res: ServerResponse) => void = () => {}) {
  const held: ServerResponse[] = []
  const door = await openFrontDoor({
    handler(req, res) {
      if (/^(\/id)?\/(healthz|readyz)$/.test(req.url ?? '')) return void res.end('lives')
      onRequest(res)
      held.push(res)
    },
    host: '127.0.0.1',
    port: 0,
    basePath: '/id',
    limits: { requestsInFlight: 2 },
  })
  open.push(door)
  return { url: door.url, held }
}

async function answerOf(url: string): Promise<IncomingMessage & { body: string }> {
  const [response] = (await once(get(url, { agent }), 'response')) as [IncomingMessage]
  let body = ''
  for await (const chunk of response) body += chunk
  return Object.assign(response, { body })
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve))
}

test('what is too much is refused while what was let in still waits, and is let in afterwards (N-006)', async () => {
  const { url, held } = await doorForTwo()
  const served = [answerOf(url), answerOf(url)]
  await until(() => held.length === 2)
  for (let more = 0; more < 20; more++) {
    const { statusCode, headers, body } = await answerOf(url)
    expect([statusCode, headers['retry-after'], headers['cache-control']]).toEqual([503, '1', 'no-store'])
    expect(headers.connection).not.toBe('close')
    expect(JSON.parse(body)).toMatchObject({
      error: 'temporarily_unavailable',
      error_description: expect.stringMatching(/^server\.busy: /),
    })
  }
  for (const probe of ['/healthz', '/readyz', '/id/healthz', '/id/readyz'])
    expect((await answerOf(url + probe)).body, probe).toBe('lives')
  expect((await answerOf(`${url}/other/healthz`)).statusCode).toBe(503)
  expect(held).toHaveLength(2)

  for (const res of held) res.end('served')
  expect((await Promise.all(served)).map(({ body }) => body)).toEqual(['served', 'served'])
  const again = answerOf(url)
  await until(() => held.length === 3)
  held[2]?.end('served')
  expect((await again).statusCode).toBe(200)
})

test('all that has arrived is let in or put off before the work on any of it begins (N-006)', async () => {
  const happened: string[] = []
  const door = await openFrontDoor({
    onRequest: () => void happened.push('let in'),
    onPutOff: () => void happened.push('put off'),
    handler(_, res) {
      happened.push('worked on')
      res.end()
    },
    host: '127.0.0.1',
    port: 0,
    limits: { requestsInFlight: 2 },
  })
  open.push(door)
  const head = 'GET / HTTP/1.1\r\nHost: localhost\r\n'
  const four = `${`${head}\r\n`.repeat(3)}${head}Connection: close\r\n\r\n`
  const { answers } = await exchangeRaw(door.port, four, { silence: 5000 })
  expect(happened).toEqual(['let in', 'let in', 'put off', 'put off', 'worked on', 'worked on'])
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 503, 503])
})

test('neither streams that go on for ever, nor clients that have gone, keep others out', async () => {
  const { url, held } = await doorForTwo((res) => held.length < 2 && res.write('an event\n'))
  const streams = [get(url), get(url)]
  await Promise.all(streams.map((stream) => once(stream, 'response')))

  const gone = [get(url), get(url)]
  for (const request of gone) request.on('error', () => {})
  await until(() => held.length === 4)
  expect((await answerOf(url)).statusCode).toBe(503)
  for (const request of gone) request.destroy()
  await until(() => held.slice(2, 4).every((res) => res.closed))
  const last = answerOf(url)
  await until(() => held.length === 5)
  held[4]?.end('served')
  expect((await last).body).toBe('served')
  for (const stream of streams) stream.destroy()
})
