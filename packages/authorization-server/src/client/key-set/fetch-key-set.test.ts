import type { lookup } from 'node:dns'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { requirement, testKeys } from '@keybound/testkit'
import { afterEach, describe, expect, test } from 'vitest'
import { fetchKeySet } from './fetch-key-set.ts'

const key = { ...testKeys.ES256.publicJwk, kid: 'one' }
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** An HTTP server on the loopback address; `met` counts its connections. */
async function serve(listener: RequestListener) {
  const server = createServer(listener)
  const met = { connections: 0 }
  server.on('connection', () => met.connections++)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, met }
}

const answering = (body: unknown, status = 200): RequestListener => {
  return (_, res) => res.writeHead(status, { location: '/elsewhere' }).end(JSON.stringify(body))
}

/** A resolver that knows these addresses for every name. */
function resolving(...addresses: readonly string[]) {
  const answer = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  return ((_: string, __: unknown, callback: (error: null, found: unknown) => void) =>
    callback(null, answer)) as unknown as typeof lookup
}

test('brings the usable keys of a set, public members only', async () => {
  const { port } = await serve(
    answering({
      keys: [
        { ...key, x5c: ['x'] },
        { kty: 'oct', k: 'x' },
        { kty: 'constructor' },
        testKeys.ES256.privateJwk,
        7,
        null,
      ],
    }),
  )
  expect(await fetchKeySet(`http://127.0.0.1:${port}/jwks`, { loopback: true })).toEqual([key])
})

describe('refuses', () => {
  requirement('G-005', 'addresses inside, in any spelling, without a connection', async () => {
    const { port, met } = await serve(answering({ keys: [key] }))
    for (const host of [
      '127.0.0.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '2130706433',
      '0x7f000001',
      '127.1',
      '[::]',
    ]) {
      for (const scheme of ['http', 'https'])
        await expect(fetchKeySet(`${scheme}://${host}:${port}/`, { loopback: false }), host).rejects.toThrow(
          /^Not an? (public address|https URL)$/,
        )
    }
    await expect(fetchKeySet('https://169.254.169.254/', { loopback: true })).rejects.toThrow('Not a public')
    expect(met.connections).toBe(0)
  })

  requirement(
    ['OPS-34', 'G-005'],
    'names that lead inside, one address among good ones included',
    async () => {
      const { port, met } = await serve(answering({ keys: [key] }))
      for (const resolve of [
        resolving('127.0.0.1'),
        resolving('10.0.0.1'),
        resolving('::1'),
        resolving('93.184.216.34', '127.0.0.1'),
        resolving(),
      ]) {
        const fetching = fetchKeySet(`https://rebinding.example:${port}/`, { loopback: true, resolve })
        await expect(fetching).rejects.toThrow('Not a public address')
      }
      const pointedAway = fetchKeySet(`http://localhost:${port}/`, {
        loopback: true,
        resolve: resolving('10.0.0.1'),
      })
      await expect(pointedAway).rejects.toThrow('Not a public address')
      expect(met.connections).toBe(0)
    },
  )

  requirement(['OPS-34', 'G-005'], 'a redirect, wherever it leads', async () => {
    const { port, met } = await serve(answering({ keys: [key] }, 302))
    await expect(fetchKeySet(`http://127.0.0.1:${port}/`, { loopback: true })).rejects.toThrow('Answered 302')
    expect(met.connections).toBe(1)
  })

  test('what is no JWK set', async () => {
    for (const body of [[], 'x', {}, { keys: 'x' }]) {
      const { port } = await serve(answering(body))
      await expect(fetchKeySet(`http://127.0.0.1:${port}/`, { loopback: true })).rejects.toThrow(
        'Not a JWK set',
      )
    }
  })

  test('more than 64 KB (OPS-34)', async () => {
    const { port } = await serve(answering({ keys: [], padding: 'x'.repeat(65_536) }))
    await expect(fetchKeySet(`http://127.0.0.1:${port}/`, { loopback: true })).rejects.toThrow('Too large')
  })

  test('an answer that trickles for longer than the whole may take (OPS-34)', async () => {
    const { port } = await serve((_, res) => {
      res.writeHead(200)
      const timer = setInterval(() => res.write(' '), 20)
      res.on('close', () => clearInterval(timer))
    })
    const limits = { connect: 1, total: 0.2, size: 65_536 }
    const fetching = fetchKeySet(`http://127.0.0.1:${port}/`, { loopback: true, limits })
    await expect(fetching).rejects.toThrow()
  })

  test('a server with which no TLS comes about in time', async () => {
    const { port } = await serve(() => {})
    const limits = { connect: 0.2, total: 5, size: 65_536 }
    const fetching = fetchKeySet(`https://127.0.0.1:${port}/`, { loopback: true, limits })
    await expect(fetching).rejects.toThrow()
  })
})
