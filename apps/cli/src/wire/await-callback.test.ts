import { expect, test } from 'vitest'
import { awaitCallback } from './await-callback.ts'

test('listens on a port of the loopback interface and hands over the answer (RFC 8252 §7.3)', async () => {
  const callback = await awaitCallback()
  try {
    expect(new URL(callback.redirectUri).hostname).toBe('127.0.0.1')
    expect((await fetch(new URL('/favicon.ico', callback.redirectUri))).status).toBe(404)
    await fetch(`${callback.redirectUri}?code=c&state=s`)
    expect(Object.fromEntries(await callback.answer)).toEqual({ code: 'c', state: 's' })
  } finally {
    callback.close()
  }
})
