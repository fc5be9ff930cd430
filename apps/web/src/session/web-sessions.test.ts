import { beforeEach, describe, expect, it } from 'vitest'
import { memoryWebSessionRows } from './memory-web-session-rows.ts'
import { createSealer, hashSessionId } from './seal.ts'
import { createWebSessions, sessionLimits, type Tokens } from './web-sessions.ts'

const alice = { subject: 'alice-sub', name: 'Alice' }
const tokens: Tokens = { accessToken: 'at-1', refreshToken: 'rt_1', scope: ['openid'], expiresAt: 2000 }

let now = 1000
let rows = memoryWebSessionRows()
let sessions = open()

function open(secret = 'a sealing secret of at least 32 bytes') {
  return createWebSessions({ rows, sealer: createSealer(secret), clock: () => now })
}

beforeEach(() => {
  now = 1000
  rows = memoryWebSessionRows()
  sessions = open()
})

async function signedIn(): Promise<string> {
  const { id } = await sessions.begin()
  const active = await sessions.activate(id, alice, tokens)
  if (active === undefined) throw new Error('not activated')
  return active
}

describe('a web session', () => {
  it('has a key pair of its own, made at the sign-in', async () => {
    const one = await sessions.begin()
    const other = await sessions.begin()
    expect(one.signer.jkt).not.toBe(other.signer.jkt)
    expect((await sessions.findPending(one.id))?.jkt).toBe(one.signer.jkt)
  })

  it('gets a new id at the callback and keeps the key; the id of the sign-in opens nothing any more (OPS-10)', async () => {
    const { id: pending, signer } = await sessions.begin()
    const id = await sessions.activate(pending, alice, tokens)
    expect(id).not.toBe(pending)
    const session = await sessions.find(id ?? '')
    expect(session).toMatchObject({ ...alice, tokens, refreshCount: 0 })
    expect(session?.signer.jkt).toBe(signer.jkt)
    expect(await sessions.findPending(pending)).toBeUndefined()
    expect(await sessions.find(pending)).toBeUndefined()
    expect(rows.all.size).toBe(1)
  })

  it('is made once from one sign-in, whoever comes first (B-018)', async () => {
    const { id } = await sessions.begin()
    const made = await Promise.all([1, 2, 3].map(() => sessions.activate(id, alice, tokens)))
    expect(made.filter((each) => each !== undefined)).toHaveLength(1)
  })

  it('does not exist before the callback', async () => {
    const { id } = await sessions.begin()
    expect(await sessions.find(id)).toBeUndefined()
  })

  it('ends when it was not used for half an hour, and eight hours after the sign-in at the latest (OPS-11)', async () => {
    const idle = await signedIn()
    now += sessionLimits.idle
    expect(await sessions.find(idle)).toBeUndefined()

    const busy = await signedIn()
    const end = now + sessionLimits.absolute
    while (now + 1200 < end) {
      now += 1200
      const session = await sessions.find(busy)
      if (session === undefined) throw new Error(`gone at ${now}`)
      await sessions.touch(session)
    }
    now = end
    expect(await sessions.find(busy)).toBeUndefined()
  })

  it('does not open under another sealing secret: its key is lost and the user signs in again (B-017)', async () => {
    const id = await signedIn()
    expect(await open('another secret of at least 32 bytes!').find(id)).toBeUndefined()
  })

  it('is known to the store by a hash, and nothing in its row can be read (OPS-23, OPS-26)', async () => {
    const id = await signedIn()
    const row = rows.all.get(hashSessionId(id))
    const text = JSON.stringify(row) + Buffer.from(row?.sealed ?? []).toString('latin1')
    for (const secret of [id, 'at-1', 'rt_1', '"d"']) expect(text).not.toContain(secret)
  })

  it('keeps new tokens only if nobody changed it meanwhile', async () => {
    const session = await sessions.find(await signedIn())
    if (session === undefined) throw new Error('no session')
    const fresh = { ...tokens, accessToken: 'at-2' }
    expect(await sessions.saveTokens(session, fresh)).toBe(true)
    expect(await sessions.saveTokens(session, { ...tokens, accessToken: 'at-3' })).toBe(false)
    expect(await sessions.find(session.id)).toMatchObject({ tokens: fresh, refreshCount: 1 })
  })

  it('ends once', async () => {
    const id = await signedIn()
    expect(await Promise.all([sessions.end(id), sessions.end(id)])).toEqual([true, false])
    expect(await sessions.find(id)).toBeUndefined()
  })

  it('leaves no row behind: abandoned sign-ins are swept', async () => {
    for (let each = 0; each < 5; each++) await sessions.begin()
    now += sessionLimits.signIn + 61
    await sessions.begin()
    expect(rows.all.size).toBe(1)
  })

  it('finds nothing for an id that was never given out', async () => {
    expect(await sessions.find('ws_unknown')).toBeUndefined()
    expect(await sessions.findPending('')).toBeUndefined()
  })
})
