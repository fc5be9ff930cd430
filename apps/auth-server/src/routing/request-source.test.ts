import { trustedProxies } from '@keybound/front-door'
import { requirement } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import { openApp } from '../../test/open-app.ts'
import { createApp } from '../app.ts'
import { requestSource } from './request-source.ts'

const isTrusted = trustedProxies(['127.0.0.1', '10.0.0.2'])
const from = (peer: string | undefined, forwardedFor: string | null = null) =>
  requestSource(peer, forwardedFor, isTrusted)

describe('the source of a request', () => {
  test('is the peer, whatever it claims, unless it is a trusted proxy (OPS-45)', () => {
    expect(from('203.0.113.9')).toBe('203.0.113.9')
    expect(from('203.0.113.9', '198.51.100.1')).toBe('203.0.113.9')
    expect(from('127.0.0.1', '198.51.100.1')).toBe('198.51.100.1')
    expect(from('127.0.0.1')).toBe('127.0.0.1')
  })

  test('is the last hop that is no proxy of ours: what the client wrote itself does not count', () => {
    expect(from('127.0.0.1', '1.1.1.1, 198.51.100.1, 10.0.0.2')).toBe('198.51.100.1')
    expect(from('127.0.0.1', '1.1.1.1,198.51.100.1')).toBe('198.51.100.1')
    expect(from('127.0.0.1', '10.0.0.2')).toBe('127.0.0.1')
  })

  test('is a /64 in IPv6, and the IPv4 address where one is mapped', () => {
    expect(from('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64')
    expect(from('2001:0DB8:0001:0002:ffff::1')).toBe('2001:db8:1:2::/64')
    expect(from('2001:db8:1::9')).toBe('2001:db8:1:0::/64')
    expect(from('::1')).toBe('0:0:0:0::/64')
    expect(from('fe80::1%eth0')).toBe('fe80:0:0:0::/64')
    expect(from('::ffff:203.0.113.9')).toBe('203.0.113.9')
  })

  test('is one and the same for everything that is no address', () => {
    for (const hop of ['x', '', '1.2.3', '203.0.113.9:80', '[::1]', 'unknown'])
      expect(from('127.0.0.1', `1.1.1.1, ${hop}`), hop).toBe('unknown')
    expect(from(undefined)).toBe('unknown')
  })
})

requirement(
  'U-009',
  'a source waits behind a trusted proxy, its neighbours do not, and no header frees it',
  async () => {
    const opened = await openApp()
    const sources: string[] = []
    const { loginBackoff } = opened.dependencies
    const watched = {
      ...opened.dependencies,
      loginBackoff: {
        ...loginBackoff,
        admit(account: string, source: string, now: number) {
          sources.push(source)
          return loginBackoff.admit(account, source, now)
        },
      },
    }
    const app = createApp(watched, (address) => address === '127.0.0.1')
    const page = await app.request(new Request(`${opened.issuer}/login`))
    const [cookie = ''] = (page.headers.get('set-cookie') ?? '').split(';')
    const fields = Object.fromEntries(
      Array.from((await page.text()).matchAll(/name="([^"]+)"[^>]*value="([^"]*)"/g), ([, name, value]) => [
        name,
        value,
      ]),
    )
    const tryFrom = (peer: string, forwardedFor: string) => {
      const body = new URLSearchParams({ ...fields, username: `user${sources.length}`, password: 'wrong' })
      const headers = {
        cookie,
        origin: opened.issuer,
        'sec-fetch-site': 'same-origin',
        'x-forwarded-for': forwardedFor,
      }
      const request = new Request(`${opened.issuer}/login`, { method: 'POST', headers, body })
      return app.request(request, undefined, { incoming: { socket: { remoteAddress: peer } } })
    }
    for (let i = 0; i < 20; i++) await tryFrom('127.0.0.1', `10.9.9.${i}, 2001:db8::${i}`)
    const flooded = await tryFrom('127.0.0.1', '1.1.1.1, 2001:db8::ffff')
    expect(flooded.status).toBe(429)
    expect(Number(flooded.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await tryFrom('127.0.0.1', '2001:db8:0:1::1')).status).toBe(303)
    expect((await tryFrom('203.0.113.9', '2001:db8::1')).status).toBe(303)
    expect(new Set(sources)).toEqual(new Set(['2001:db8:0:0::/64', '2001:db8:0:1::/64', '203.0.113.9']))
  },
  60_000,
)
