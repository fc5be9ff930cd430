import { OAuthError } from '@keybound/oauth'
import { expect, test } from 'vitest'
import { protectedProfile, thief } from '../test/protected-profile.ts'

test('tells of a replay, with its token, and of no other refusal', async () => {
  const told: string[] = []
  const profile = protectedProfile({ onReplay: async (token) => void told.push(token) })
  const token = await profile.token()
  const proof = await profile.proof(token)
  expect((await profile.send({ token, proof })).status).toBe(200)
  const stranger = await profile.proof(token, { signer: thief })
  expect((await profile.send({ token, proof: stranger })).check).toBe('jkt.match')
  expect(told).toEqual([])
  expect(await profile.send({ token, proof })).toMatchObject({ status: 401, check: 'jti.unused' })
  expect(told).toEqual([token])
})

test('answers 503 where the replay could not be told: the request is refused either way', async () => {
  const profile = protectedProfile({
    async onReplay() {
      throw new OAuthError('temporarily_unavailable', 'introspection.available', 'not now')
    },
  })
  const token = await profile.token()
  const proof = await profile.proof(token)
  await profile.send({ token, proof })
  expect((await profile.send({ token, proof })).status).toBe(503)
})
