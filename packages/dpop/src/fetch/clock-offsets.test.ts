import { testKeys } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import { nonceChallenge, ok, serverUnderTest } from '../../test/server-under-test.ts'
import { signerFromJwk } from '../key/signer.ts'
import { createClockOffsets } from './clock-offsets.ts'
import { dpopFetch } from './dpop-fetch.ts'
import { createNonceCache } from './nonce-cache.ts'

const key = await signerFromJwk(testKeys.ES256.privateJwk)
const url = 'https://rs.example/api/profile'
const clock = () => 1_800_000_000

function client(server: ReturnType<typeof serverUnderTest>) {
  return { key, nonces: createNonceCache(), fetch: server.fetch, clock }
}

describe('the clock of another', () => {
  const hour = 3600
  const dated = (offset: number, headers: Record<string, string> = {}) => ({
    date: new Date((clock() + offset) * 1000).toUTCString(),
    ...headers,
  })
  const tooOld = (offset: number) =>
    new Response(null, {
      status: 401,
      headers: dated(offset, { 'www-authenticate': 'DPoP error="invalid_dpop_proof"' }),
    })

  test('is learnt from Date when that is asked for: one more try, and right from then on', async () => {
    const server = serverUnderTest(tooOld(hour), ok(dated(hour)))
    const options = { ...client(server), clockOffsets: createClockOffsets() }
    expect((await dpopFetch(url, options)).status).toBe(200)
    await dpopFetch(url, options)
    expect(server.received.map(({ proof }) => proof.iat - clock())).toEqual([0, hour, hour])
  })

  test('is learnt before the server comes to ask for a nonce: parallel first calls are served all the same', async () => {
    const server = serverUnderTest(({ proof }) => {
      if (proof.iat !== clock() + hour) return tooOld(hour)
      return proof.nonce === undefined ? nonceChallenge('n-1') : ok()
    })
    const options = { ...client(server), clockOffsets: createClockOffsets() }
    const responses = await Promise.all([1, 2, 3].map(() => dpopFetch(url, options)))
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(server.received.map(({ proof }) => [proof.iat - clock(), proof.nonce])).toEqual([
      [0, undefined],
      [hour, undefined],
      ...Array(3).fill([hour, 'n-1']),
    ])
    expect(new Set(server.received.map(({ proof }) => proof.jti)).size).toBe(5)
  })

  test('is not learnt unasked, and small differences are noise', async () => {
    const unasked = serverUnderTest(tooOld(hour))
    await dpopFetch(url, client(unasked))
    expect(unasked.received).toHaveLength(1)

    const near = serverUnderTest(tooOld(2))
    const options = { ...client(near), clockOffsets: createClockOffsets() }
    await dpopFetch(url, options)
    await dpopFetch(url, options)
    expect(near.received.map(({ proof }) => proof.iat - clock())).toEqual([0, 0])
  })

  test('is tried once: a proof still refused under the learnt clock is refused', async () => {
    const server = serverUnderTest(tooOld(hour))
    expect((await dpopFetch(url, { ...client(server), clockOffsets: createClockOffsets() })).status).toBe(401)
    expect(server.received).toHaveLength(2)
  })
})
