import { expect, test } from 'vitest'
import type { Grant, RefreshTokenRecord } from './grant-store.ts'
import { refreshTokenState } from './refresh-token-state.ts'

const grant: Grant = {
  id: 'grant_1',
  clientId: 'playground',
  subject: 'alice',
  scope: [],
  resources: [],
  authTime: 0,
  createdAt: 0,
  expiresAt: 1000,
}
const live: RefreshTokenRecord = { hash: 'a', grantId: 'grant_1', scope: [], issuedAt: 0, expiresAt: 500 }
const rotated = { ...live, rotatedAt: 100, successorHash: 'b' }
const successor = { ...live, hash: 'b', issuedAt: 100 }

const table: [string, Parameters<typeof refreshTokenState>, ReturnType<typeof refreshTokenState>][] = [
  ['a fresh one', [live, grant, undefined, 10, 100], 'live'],
  ['at its end', [live, grant, undefined, 10, 500], 'ended'],
  ['of a revoked grant', [live, { ...grant, revokedAt: 50 }, undefined, 10, 100], 'ended'],
  ['of a grant at its end', [{ ...live, expiresAt: 2000 }, grant, undefined, 10, 1000], 'ended'],
  ['void', [{ ...live, voidedAt: 100 }, grant, undefined, 10, 101], 'ended'],
  ['rotated just now, successor unused', [rotated, grant, successor, 10, 100], 'retry'],
  ['at the end of the window', [rotated, grant, successor, 10, 110], 'retry'],
  ['after the window', [rotated, grant, successor, 10, 110.1], 'reused'],
  ['successor used', [rotated, grant, { ...successor, rotatedAt: 101 }, 10, 105], 'reused'],
  ['successor void', [rotated, grant, { ...successor, voidedAt: 101 }, 10, 105], 'reused'],
  ['successor lost', [rotated, grant, undefined, 10, 105], 'reused'],
  ['rotated and long expired: still a sign of theft', [rotated, grant, successor, 10, 600], 'reused'],
  ['rotated, of a revoked grant', [rotated, { ...grant, revokedAt: 101 }, successor, 10, 105], 'ended'],
]

test.each(table)('a refresh token %s', (_, given, expected) => {
  expect(refreshTokenState(...given)).toBe(expected)
})
