import { beforeEach, describe, expect, it } from 'vitest'
import { type LiveSessionOptions, liveSession, type RefreshTokens } from './live-session.ts'
import { memoryWebSessionRows } from './memory-web-session-rows.ts'
import { createSealer } from './seal.ts'
import { createWebSessions, type Tokens } from './web-sessions.ts'

let now = 1000
let rows = memoryWebSessionRows()
let calls = 0
let id = ''

/** A process: its own map of refreshes under way, over rows that all share. */
function process(refresh: RefreshTokens): LiveSessionOptions {
  return {
    sessions: createWebSessions({
      rows,
      sealer: createSealer('a sealing secret of at least 32 bytes'),
      clock: () => now,
    }),
    rows,
    refresh,
    clock: () => now,
    underWay: new Map(),
    sleep: async (seconds) => {
      await new Promise((wake) => setTimeout(wake, 1))
      now += seconds
    },
  }
}

const renew: RefreshTokens = async (session) => {
  calls++
  await new Promise((wake) => setTimeout(wake, 20))
  return { ...session.tokens, accessToken: `at-${calls + 1}`, expiresAt: now + 300 }
}

beforeEach(async () => {
  now = 1000
  calls = 0
  rows = memoryWebSessionRows()
  const { sessions } = process(renew)
  const tokens: Tokens = { accessToken: 'at-1', refreshToken: 'rt_1', scope: [], expiresAt: 1100 }
  const begun = await sessions.begin()
  id = (await sessions.activate(begun.id, { subject: 's', name: 'n' }, tokens)) ?? ''
})

describe('a session with a living token', () => {
  it('is what is stored while the token lives', async () => {
    expect((await liveSession(process(renew), id))?.tokens.accessToken).toBe('at-1')
    expect(calls).toBe(0)
  })

  it('is refreshed once, however many ask at once (B-013)', async () => {
    now = 1200
    const one = process(renew)
    const sessions = await Promise.all(Array.from({ length: 20 }, () => liveSession(one, id)))
    expect(calls).toBe(1)
    expect(new Set(sessions.map((session) => session?.tokens.accessToken))).toEqual(new Set(['at-2']))
    expect(sessions[0]?.refreshCount).toBe(1)
  })

  it('is refreshed once by several processes: one wins, nobody is signed out (B-014)', async () => {
    now = 1200
    const processes = [process(renew), process(renew), process(renew)]
    const sessions = await Promise.all(
      processes.flatMap((each) => [liveSession(each, id), liveSession(each, id)]),
    )
    expect(calls).toBe(1)
    for (const session of sessions) expect(session?.tokens.accessToken).toBe('at-2')
  })

  it('can be renewed early, and once for all who were refused with the same token', async () => {
    const one = process(renew)
    const need = { fresherThan: 'at-1' }
    const sessions = await Promise.all([liveSession(one, id, need), liveSession(one, id, need)])
    expect(calls).toBe(1)
    expect(sessions[1]?.tokens.accessToken).toBe('at-2')
  })

  it('goes on when the refresh fails for a moment, and the next one tries again', async () => {
    now = 1200
    const failing = process(async () => {
      throw new TypeError('fetch failed')
    })
    await expect(liveSession(failing, id)).rejects.toThrow('fetch failed')
    expect((await liveSession(process(renew), id))?.tokens.accessToken).toBe('at-2')
  })

  it('is over when the authorization server gives no more tokens', async () => {
    now = 1200
    expect(
      await liveSession(
        process(async () => undefined),
        id,
      ),
    ).toBeUndefined()
    expect(rows.all.size).toBe(0)
    expect(await liveSession(process(renew), id)).toBeUndefined()
    expect(calls).toBe(0)
  })

  it('does not wait for ever for a process that died while refreshing', async () => {
    now = 1200
    const row = [...rows.all.values()][0]
    if (row === undefined) throw new Error('no row')
    await rows.update(row.idHash, row.version, { lockedUntil: now + 10 })
    expect((await liveSession(process(renew), id))?.tokens.accessToken).toBe('at-2')
    expect(now).toBeGreaterThan(1209)
  })

  it('keeps the new tokens although a note of use came between', async () => {
    now = 1200
    const touching = process(async (session) => {
      const [row] = rows.all.values()
      if (row) await rows.update(row.idHash, row.version, { lastUsedAt: now })
      return renew(session)
    })
    expect((await liveSession(touching, id))?.tokens.accessToken).toBe('at-2')
  })
})
