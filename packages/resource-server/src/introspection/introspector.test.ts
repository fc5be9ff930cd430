import { fixedClock, requirement } from '@keybound/testkit'
import { expect, test } from 'vitest'
import { introspector } from './introspector.ts'

function open() {
  const clock = fixedClock()
  const asked: { url: string; init: RequestInit }[] = []
  const state: { reply: () => Response | Promise<Response> } = {
    reply: () => Response.json({ active: true }),
  }
  const send = async (url: string, init: RequestInit) => {
    asked.push({ url, init })
    return state.reply()
  }
  const endpoint = 'https://as.example/introspect'
  const client = { clientId: 'resource api', clientSecret: 's%:+ü' }
  const asks = introspector({ endpoint, ...client, clock: clock.now, fetch: send as typeof fetch })
  return { clock, asked, state, asks }
}

requirement(
  ['DPOP-6.2-03', 'INTRO-01', 'T-031'],
  'asks with Basic credentials, form-encoded, and without a proof',
  async () => {
    const { asks, asked } = open()
    expect(await asks.isRevoked('token-1')).toBe(false)
    const { url, init } = asked[0] ?? { url: '', init: {} }
    const headers = new Headers(init.headers)
    expect(url).toBe('https://as.example/introspect')
    expect(init.method).toBe('POST')
    expect(String(init.body)).toBe('token=token-1&token_type_hint=access_token')
    expect(atob((headers.get('authorization') ?? '').slice(6))).toBe('resource+api:s%25%3A%2B%C3%BC')
    expect(headers.has('dpop')).toBe(false)
    expect(init.redirect).toBe('error')
  },
)

requirement(
  ['S-017', 'INTRO-05'],
  'notices a revocation within five seconds, and asks no more often',
  async () => {
    const { asks, asked, state, clock } = open()
    await Promise.all([asks.isRevoked('t'), asks.isRevoked('t'), asks.isRevoked('t')])
    expect(asked).toHaveLength(1)
    state.reply = () => Response.json({ active: false })
    clock.advance(4.9)
    expect(await asks.isRevoked('t')).toBe(false)
    clock.advance(0.1)
    expect(await asks.isRevoked('t')).toBe(true)
    expect(asked).toHaveLength(2)
    expect(await asks.isRevoked('another')).toBe(true)
    expect(asked).toHaveLength(3)
  },
)

test.each([
  ['unreachable', () => Promise.reject(new TypeError('fetch failed'))],
  ['failing', () => new Response(null, { status: 500 })],
  ['refusing us', () => new Response(null, { status: 401 })],
  ['talking nonsense', () => Response.json({ active: 'yes' })],
  ['not talking JSON', () => new Response('<html>')],
])('fails closed while introspection is %s, and asks again next time', async (_, reply) => {
  const { asks, state, asked } = open()
  state.reply = reply
  const refusal = { code: 'temporarily_unavailable', reason: 'introspection.available' }
  await expect(asks.isRevoked('t')).rejects.toMatchObject(refusal)
  state.reply = () => Response.json({ active: true })
  expect(await asks.isRevoked('t')).toBe(false)
  expect(asked).toHaveLength(2)
})

test('says that a replay was seen, and what is answered to it serves whoever asks next', async () => {
  const { asks, asked, state } = open()
  expect(await asks.isRevoked('t')).toBe(false)
  state.reply = () => Response.json({ active: false })
  await asks.replaySeen('t')
  expect(String(asked[1]?.init.body)).toBe('token=t&replay_seen=true&token_type_hint=access_token')
  expect(await asks.isRevoked('t')).toBe(true)
  expect(asked).toHaveLength(2)
})
