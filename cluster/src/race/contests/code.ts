import { secretHash } from '@keybound/authorization-server'
import { decodeJwt } from 'jose'
import { type Heat, oneWinner } from '../heat.ts'
import type { Nonces } from '../nonces.ts'
import { alice, type RacePlatform } from '../race-platform.ts'
import { tokenForm, verifier } from '../token-form.ts'

/** One code of the public client `cli`, put into the store as /authorize would have done. */
export async function codeHeat(platform: RacePlatform, nonces: Nonces): Promise<Heat> {
  const { grantStore } = platform.stores
  const code = `code_${secretHash(crypto.randomUUID())}`
  const hash = secretHash(code)
  const now = Date.now() / 1000
  await grantStore.commit([
    {
      do: 'insert code',
      code: {
        hash,
        request: {
          clientId: 'cli',
          redirectUri: platform.redirectUris.cli,
          responseMode: 'query',
          scope: ['profile', 'offline_access'],
          resources: [platform.resource],
          codeChallenge: secretHash(verifier),
          prompt: [],
        },
        subject: alice,
        authTime: Math.floor(now),
        expiresAt: now + 60,
      },
    },
  ])
  const nonce = await nonces.of('auth-server')
  const form = {
    client_id: 'cli',
    grant_type: 'authorization_code',
    code,
    redirect_uri: platform.redirectUris.cli,
    code_verifier: verifier,
  }

  return {
    request: () => tokenForm(platform, form, nonce),
    async judge(attempts) {
      const { winner, faults } = oneWinner(attempts)
      const record = await grantStore.findCode(hash)
      const grant = record?.grantId === undefined ? undefined : await grantStore.findGrant(record.grantId)
      const spent = record?.consumedAt !== undefined
      const unseen = attempts.some(({ outcome }) => outcome === 'unknown')
      const found = [...faults]
      if (spent && !grant) found.push('the code is spent and its grant is not there')
      if (spent && !winner && !unseen) found.push('the code is spent, and everybody was denied')
      if (!winner?.answer) return found
      const tokens = JSON.parse(winner.answer.text)
      if (!spent) found.push('somebody won, and the code is not spent')
      if (decodeJwt(tokens.access_token).grant_id !== record?.grantId)
        found.push('the tokens of the winner belong to another grant')
      if (!(await grantStore.findRefreshToken(secretHash(tokens.refresh_token))))
        found.push('the refresh token of the winner is not there')
      return found
    },
  }
}
