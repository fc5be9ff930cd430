import { OAuthError } from '@keybound/oauth'
import { describe, expect, test } from 'vitest'
import type { Jkt } from '../key/thumbprint.ts'
import type { Proof } from '../proof/proof.ts'
import { type Ledger, ledgerEntry, remember } from './ledger.ts'

const proof = { jkt: 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs' as Jkt, jti: 'a', expiresAt: 130 } as Proof
const entry = { key: 'k', expiresAt: 130, now: 100 }

function ledgerThat(answer: () => Promise<boolean>): Ledger {
  return { remember: answer }
}

describe('ledgerEntry', () => {
  test('is a hash of ledger, key and jti, which keeps the expiry of the proof (DPOP-11.1-02)', async () => {
    const made = await ledgerEntry('rs', proof, 100)
    expect(made.key).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect([made.expiresAt, made.now]).toEqual([130, 100])
    expect(await ledgerEntry('rs', { ...proof, htu: 'https://x/', expiresAt: 131 }, 101)).toMatchObject({
      key: made.key,
    })
  })

  test('differs with each of the three, whatever characters they hold', async () => {
    const keys = await Promise.all(
      [
        ledgerEntry('rs', proof, 100),
        ledgerEntry('as', proof, 100),
        ledgerEntry('rs', { ...proof, jti: 'b' }, 100),
        ledgerEntry('rs', { ...proof, jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I' as Jkt }, 100),
        ledgerEntry('rs","x', proof, 100),
        ledgerEntry('rs', { ...proof, jti: '","a' }, 100),
        ledgerEntry(`rs\n${proof.jkt}`, { ...proof, jti: 'a' }, 100),
      ].map(async (made) => (await made).key),
    )
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('remember', () => {
  test('lets an unused jti pass', async () => {
    await expect(
      remember(
        ledgerThat(async () => true),
        entry,
      ),
    ).resolves.toBeUndefined()
  })

  test('refuses a used one as invalid_dpop_proof', async () => {
    const refused = await remember(
      ledgerThat(async () => false),
      entry,
    ).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'invalid_dpop_proof', reason: 'jti.unused' })
  })

  test('takes nothing but true for an answer', async () => {
    const broken = ledgerThat(async () => undefined as unknown as boolean)
    await expect(remember(broken, entry)).rejects.toMatchObject({ reason: 'jti.unused' })
  })

  test('a ledger that is down means temporarily unavailable, never accepted, and keeps the cause', async () => {
    const cause = new Error('disk')
    const down = await remember(
      ledgerThat(() => Promise.reject(cause)),
      entry,
    ).catch((error: unknown) => error)
    expect(down).toMatchObject({ code: 'temporarily_unavailable', reason: 'store.available', cause })
    expect(String(down)).not.toContain('disk')
    const thrown = ledgerThat(() => {
      throw cause
    })
    await expect(remember(thrown, entry)).rejects.toMatchObject({ reason: 'store.available' })
  })

  test('what a ledger says in our own words is passed on', async () => {
    const own = new OAuthError('temporarily_unavailable', 'store.full', 'Later.')
    await expect(
      remember(
        ledgerThat(() => Promise.reject(own)),
        entry,
      ),
    ).rejects.toBe(own)
  })
})
