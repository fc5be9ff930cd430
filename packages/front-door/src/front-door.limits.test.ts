import type { IncomingMessage, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { exchangeRaw } from '../test/exchange-raw.ts'
import { type FrontDoor, type FrontDoorOptions, openFrontDoor } from './front-door.ts'

const open: FrontDoor[] = []
const bodies: string[] = []

async function readBody(req: IncomingMessage, res: ServerResponse): Promise<void> {
  let body = ''
  for await (const chunk of req) body += chunk
  bodies.push(body)
  res.setHeader('Content-Length', 0)
  res.end()
}

async function door(options: Partial<FrontDoorOptions> = {}): Promise<FrontDoor> {
  const opened = await openFrontDoor({ handler: readBody, host: '127.0.0.1', port: 0, ...options })
  open.push(opened)
  return opened
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
  bodies.length = 0
})

const head = 'POST / HTTP/1.1\r\nHost: localhost\r\n'
const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n`

function chunk(size: number): string {
  return `${size.toString(16)}\r\n${'x'.repeat(size)}\r\n`
}

describe('bodies', () => {
  test('of the allowed size arrive whole, however they are sent (OPS-33)', async () => {
    const { port } = await door()
    const most = 64 * 1024
    await exchangeRaw(port, [`${head}Content-Length: ${most}\r\n\r\n`, 'x'.repeat(most)])
    await exchangeRaw(port, [chunked, chunk(most / 2), chunk(most / 2), '0\r\n\r\n'])
    await exchangeRaw(port, `${head}Content-Length: 0\r\n\r\n`)
    expect(bodies.map((body) => body.length)).toEqual([most, most, 0])
  })

  test.each([
    ['announced by Content-Length (T-047)', [`${head}Content-Length: 65537\r\n\r\n`]],
    ['announced and sent (S-032)', [`${head}Content-Length: 10000000\r\n\r\n${'x'.repeat(300_000)}`]],
    ['announced and waiting for 100', [`${head}Content-Length: 65537\r\nExpect: 100-continue\r\n\r\n`]],
    ['in chunks', [chunked, chunk(40_000), chunk(40_000), '0\r\n\r\n']],
    ['in endless chunks', [chunked, ...Array.from({ length: 10 }, () => chunk(60_000))]],
    ['in one chunk', [`${chunked}${chunk(1_000_000)}0\r\n\r\n`]],
  ])('too large are 413: %s', async (_, parts) => {
    const { port } = await door()
    const { answers, closed } = await exchangeRaw(port, parts, { silence: 2500 })
    expect(answers.map(({ status }) => status)).toEqual([413])
    expect(JSON.parse(answers[0]?.body ?? '')).toEqual({
      error: 'invalid_request',
      error_description: 'body.size: the body is larger than 65536 bytes',
    })
    expect(closed).toBe(true)
    expect(bodies).toEqual([])
  })

  test('asked for with 100-continue are read', async () => {
    const { port } = await door()
    const parts = [`${head}Content-Length: 5\r\nExpect: 100-continue\r\n\r\n`, 'hello']
    const { answers } = await exchangeRaw(port, parts)
    expect(answers.map(({ status }) => status)).toEqual([200])
    expect(bodies).toEqual(['hello'])
  })

  test('whose framing breaks never reach the handler', async () => {
    const { port } = await door()
    const { answers } = await exchangeRaw(port, [chunked, chunk(10), 'not a chunk\r\n'])
    expect(answers.map(({ status }) => status)).toEqual([400])
    expect(bodies).toEqual([])
  })
})

describe('header blocks', () => {
  test('over 16 KB are 431 (OPS-32, N-001)', async () => {
    const { port } = await door()
    const text = `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(17_000)}\r\n\r\n`
    const { answers, closed } = await exchangeRaw(port, text, { silence: 2500 })
    expect(answers.map(({ status }) => status)).toEqual([431])
    expect(JSON.parse(answers[0]?.body ?? '').error_description).toMatch(/^header\.size: /)
    expect(closed).toBe(true)
  })

  test('of more than a hundred lines are 431, so that no line can hide behind them', async () => {
    const { port } = await door()
    const lines = Array.from({ length: 2100 }, (_, at) => `a${at}:\r\n`).join('')
    const { answers } = await exchangeRaw(
      port,
      `GET / HTTP/1.1\r\nHost: localhost\r\n${lines.slice(0, 15_000)}\r\n\r\n`,
    )
    expect(answers.map(({ status }) => status)).toEqual([431])
  })

  test('just below both limits pass', async () => {
    const { port } = await door()
    const { answers } = await exchangeRaw(
      port,
      `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(15_500)}\r\n\r\n`,
    )
    expect(answers.map(({ status }) => status)).toEqual([200])
  })
})

describe('time', () => {
  test('trickled headers are 408 (OPS-32, N-002)', async () => {
    const { port } = await door({ limits: { headersTimeout: 0.3, requestTimeout: 0.6 } })
    const { answers, closed } = await exchangeRaw(port, ['GET / HT', 'TP/1.1\r\nHo'], { silence: 3000 })
    expect(answers.map(({ status }) => status)).toEqual([408])
    expect(JSON.parse(answers[0]?.body ?? '').error_description).toMatch(/^request\.timeout: /)
    expect(closed).toBe(true)
  })

  test('a trickled body is 408 (OPS-32, T-047)', async () => {
    const { port } = await door({ limits: { headersTimeout: 0.3, requestTimeout: 0.6 } })
    const { answers, closed } = await exchangeRaw(port, [`${head}Content-Length: 5\r\n\r\n`, 'h'], {
      silence: 3000,
    })
    expect(answers.map(({ status }) => status)).toEqual([408])
    expect(closed).toBe(true)
    expect(bodies).toEqual([])
  })

  test('an idle connection is closed (OPS-32)', async () => {
    const { port } = await door({ limits: { keepAliveTimeout: 0.2 } })
    const get = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'
    const { answers, closed } = await exchangeRaw(port, get, { silence: 3000 })
    expect(answers).toHaveLength(1)
    expect(closed).toBe(true)
  })
})

describe('closing', () => {
  const get = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'

  test('waits for the answer under way, announces the end and drops idle connections at once (OPS-36, N-007)', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const opened = await door({
      handler: async (_req, res) => {
        await held
        res.end('done')
      },
    })
    let idleEnded = false
    const idle = connect(opened.port, '127.0.0.1').on('close', () => {
      idleEnded = true
    })
    idle.resume()
    await wait(50)
    const exchange = exchangeRaw(opened.port, get, { silence: 3000 })
    await wait(100)
    const started = Date.now()
    const closed = opened.close()
    await wait(100)
    expect(idleEnded).toBe(true)
    release()
    await closed
    expect(Date.now() - started).toBeLessThan(2000)
    const { answers } = await exchange
    expect(answers[0]).toMatchObject({ status: 200, headers: { connection: 'close' } })
    await expect(fetch(opened.url)).rejects.toThrow()
  })

  test('ends an answer that takes too long (OPS-36)', async () => {
    const opened = await door({ handler: () => {}, limits: { drainTimeout: 0.2 } })
    const exchange = exchangeRaw(opened.port, get, { silence: 3000 })
    await wait(100)
    await opened.close()
    expect((await exchange).answers).toEqual([])
  })
})

test('a port in use is said so', async () => {
  const { port } = await door()
  await expect(door({ port })).rejects.toThrow(
    `cannot listen on 127.0.0.1 port ${port}: another program uses it`,
  )
})

test('a handler that throws gives a 500 without details, and is reported (N-012)', async () => {
  const faults: unknown[] = []
  const { port } = await door({
    handler: () => {
      throw new Error('secret detail')
    },
    onFault: (fault) => faults.push(fault),
  })
  const { answers } = await exchangeRaw(port, 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  expect(answers[0]?.status).toBe(500)
  expect(answers[0]?.body).toBe(
    '{"error":"server_error","error_description":"server.fault: something broke on this side"}',
  )
  expect(faults).toHaveLength(1)
})
