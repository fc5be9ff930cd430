import type { RefreshTokenRecord, Write } from '@keybound/authorization-server'
import { describe, expect, test } from 'vitest'
import { requirement } from '../requirement.ts'
import { aGrant, aRefreshToken, start } from './records.ts'
import { type Open, openedForEachTest } from './stores-under-test.ts'

export function refreshTokensContract(name: string, open: Open<'grantStore'>): void {
  describe(`the refresh tokens of ${name}`, () => {
    const stores = openedForEachTest(open)

    function commit(...writes: Write[]): Promise<Write | undefined> {
      return stores().grantStore.commit(writes)
    }

    async function find(hash: string): Promise<RefreshTokenRecord | undefined> {
      return (await stores().grantStore.findRefreshToken(hash))?.token
    }

    async function issued(): Promise<RefreshTokenRecord> {
      const grant = aGrant()
      const token = aRefreshToken(grant.id)
      await commit({ do: 'insert grant', grant }, { do: 'insert refresh token', token })
      return token
    }

    function rotate(
      token: RefreshTokenRecord,
      successor: RefreshTokenRecord,
      at: number,
    ): Promise<Write | undefined> {
      return commit(
        { do: 'rotate', hash: token.hash, successorHash: successor.hash, at },
        { do: 'insert refresh token', token: successor },
      )
    }

    function rotateAgain(
      token: RefreshTokenRecord,
      from: RefreshTokenRecord,
      to: RefreshTokenRecord,
      at: number,
    ): Promise<Write | undefined> {
      return commit(
        {
          do: 'rotate again',
          hash: token.hash,
          successorHash: from.hash,
          newSuccessorHash: to.hash,
          rotatedSince: at - 10,
          at,
        },
        { do: 'insert refresh token', token: to },
      )
    }

    test('come back with their grant, as they were inserted', async () => {
      const grant = aGrant()
      const token = aRefreshToken(grant.id, { jkt: 'thumbprint' as never, scope: [] })
      await commit({ do: 'insert grant', grant }, { do: 'insert refresh token', token })
      expect(await stores().grantStore.findRefreshToken(token.hash)).toEqual({ token, grant })
      expect(await stores().grantStore.findRefreshToken('another')).toBeUndefined()
    })

    test('come back even when the grant is revoked', async () => {
      const token = await issued()
      await commit({ do: 'revoke grant', grantId: token.grantId, at: start })
      expect((await stores().grantStore.findRefreshToken(token.hash))?.grant.revokedAt).toBe(start)
    })

    test('rotate once', async () => {
      const token = await issued()
      const [first, second] = [aRefreshToken(token.grantId), aRefreshToken(token.grantId)]
      expect(await rotate(token, first, start + 1.5)).toBeUndefined()
      expect(await rotate(token, second, start + 2)).toMatchObject({ do: 'rotate' })
      expect(await find(token.hash)).toEqual({ ...token, rotatedAt: start + 1.5, successorHash: first.hash })
      expect(await find(second.hash)).toBeUndefined()
      expect(await commit({ do: 'rotate', hash: 'unknown', successorHash: 'x', at: start })).toBeDefined()
    })

    requirement('T-037', 'let one of fifty rotations at once win and keep one successor', async () => {
      const token = await issued()
      const successors = Array.from({ length: 50 }, () => aRefreshToken(token.grantId))
      const failed = await Promise.all(successors.map((successor) => rotate(token, successor, start)))
      const winners = successors.filter((_, i) => failed[i] === undefined)
      expect(winners).toHaveLength(1)
      const kept = await Promise.all(successors.map(({ hash }) => find(hash)))
      expect(kept.filter(Boolean)).toEqual(winners)
    })

    test('rotate again within the window: the unused successor is void, a new one takes its place', async () => {
      const token = await issued()
      const [lost, kept, later] = [1, 2, 3].map(() => aRefreshToken(token.grantId)) as [
        RefreshTokenRecord,
        RefreshTokenRecord,
        RefreshTokenRecord,
      ]
      await rotate(token, lost, start)
      expect(await rotateAgain(token, lost, kept, start + 4)).toBeUndefined()
      expect(await find(lost.hash)).toEqual({ ...lost, voidedAt: start + 4 })
      expect(await find(token.hash)).toEqual({ ...token, rotatedAt: start, successorHash: kept.hash })
      expect(await rotate(lost, later, start + 5)).toMatchObject({ do: 'rotate' })
      expect(await rotateAgain(token, lost, later, start + 5)).toMatchObject({ do: 'rotate again' })
      expect(await rotate(kept, later, start + 5)).toBeUndefined()
    })

    test('rotate again up to the end of the window, which a retry does not move', async () => {
      const token = await issued()
      const [first, second, third] = [1, 2, 3].map(() => aRefreshToken(token.grantId)) as [
        RefreshTokenRecord,
        RefreshTokenRecord,
        RefreshTokenRecord,
      ]
      await rotate(token, first, start)
      expect(await rotateAgain(token, first, second, start + 10)).toBeUndefined()
      expect(await rotateAgain(token, second, third, start + 10.5)).toMatchObject({ do: 'rotate again' })
      expect((await find(second.hash))?.voidedAt).toBeUndefined()
    })

    test('never rotate again once the successor was used, or before any rotation', async () => {
      const token = await issued()
      const [used, next, late] = [1, 2, 3].map(() => aRefreshToken(token.grantId)) as [
        RefreshTokenRecord,
        RefreshTokenRecord,
        RefreshTokenRecord,
      ]
      expect(await rotateAgain(token, used, late, start)).toMatchObject({ do: 'rotate again' })
      await rotate(token, used, start)
      await rotate(used, next, start + 1)
      expect(await rotateAgain(token, used, late, start + 2)).toMatchObject({ do: 'rotate again' })
      expect(await find(late.hash)).toBeUndefined()
    })

    test('leave one live successor when fifty try again at once', async () => {
      const token = await issued()
      const first = aRefreshToken(token.grantId)
      await rotate(token, first, start)
      const others = Array.from({ length: 50 }, () => aRefreshToken(token.grantId))
      const failed = await Promise.all(others.map((other) => rotateAgain(token, first, other, start + 1)))
      expect(failed.filter((write) => write === undefined)).toHaveLength(1)
      const family = await Promise.all([first, ...others].map(({ hash }) => find(hash)))
      expect(family.filter((member) => member && member.voidedAt === undefined)).toHaveLength(1)
    })
  })
}
