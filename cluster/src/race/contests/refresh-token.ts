import { type RefreshTokenRecord, secretHash } from '@keybound/authorization-server'
import { type Heat, oneWinner } from '../heat.ts'
import type { Nonces } from '../nonces.ts'
import { alice, type RacePlatform } from '../race-platform.ts'
import { tokenForm } from '../token-form.ts'

/** One refresh token of the public client `cli`, which rotates: within the retry window several may be answered, and one successor lives. */
export async function refreshTokenHeat(platform: RacePlatform, nonces: Nonces): Promise<Heat> {
  const { grantStore } = platform.stores
  const value = `rt_${secretHash(crypto.randomUUID())}`
  const hash = secretHash(value)
  const grantId = `grant_${secretHash(crypto.randomUUID())}`
  const now = Date.now() / 1000
  const scope = ['profile', 'offline_access']
  const bound = { scope, jkt: platform.key.jkt, expiresAt: now + 3600 }
  await grantStore.commit([
    {
      do: 'insert grant',
      grant: {
        id: grantId,
        clientId: 'cli',
        subject: alice,
        resources: [platform.resource],
        authTime: Math.floor(now),
        createdAt: now,
        ...bound,
      },
    },
    { do: 'insert refresh token', token: { hash, grantId, issuedAt: now, ...bound } },
  ])
  const nonce = await nonces.of('auth-server')
  const form = { client_id: 'cli', grant_type: 'refresh_token', refresh_token: value }

  return {
    request: () => tokenForm(platform, form, nonce),
    async judge(attempts) {
      const won = attempts.filter(({ outcome }) => outcome === 'ok')
      const { faults } = oneWinner(attempts.filter(({ outcome }) => outcome !== 'ok'))
      const given = won.map(({ answer }) => secretHash(JSON.parse(answer?.text ?? '').refresh_token))
      const found = [...faults]
      const living: string[] = []
      for (const successor of given) {
        const record = await grantStore.findRefreshToken(successor)
        if (!record) found.push('a refresh token that was given is not there')
        else if (lives(record.token)) living.push(successor)
      }
      const last = (await grantStore.findRefreshToken(hash))?.token.successorHash
      if (living.length > 1) found.push(`${living.length} successors live`)
      if (living[0] !== undefined && living[0] !== last)
        found.push('one that lives is not the last successor')
      if (won.length > 0 && last === undefined) found.push('somebody won, and the token is not rotated')
      return found
    },
  }
}

function lives({ rotatedAt, voidedAt }: RefreshTokenRecord): boolean {
  return rotatedAt === undefined && voidedAt === undefined
}
