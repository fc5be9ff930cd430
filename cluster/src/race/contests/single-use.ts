import { setTimeout as pause } from 'node:timers/promises'
import { createProof } from '@keybound/dpop'
import { decodeJwt } from 'jose'
import { attempt } from '../attempt.ts'
import { type Heat, oneWinner } from '../heat.ts'
import type { Nonces } from '../nonces.ts'
import type { RacePlatform } from '../race-platform.ts'
import { assertionForm, tokenForm, tokenProof } from '../token-form.ts'

const grant = { grant_type: 'client_credentials' }

/** One client assertion, a new one unless given, with another proof each time. */
export async function assertionHeat(
  platform: RacePlatform,
  nonces: Nonces,
  assertion?: Readonly<Record<string, string>>,
): Promise<Heat> {
  const nonce = await nonces.of('auth-server')
  const form = { ...grant, ...(assertion ?? (await assertionForm(platform, 'service'))) }
  return {
    request: () => tokenForm(platform, form, nonce),
    judge: async (attempts) => oneWinner(attempts).faults,
  }
}

/** One proof at the token endpoint, with another assertion each time. */
export async function tokenProofHeat(platform: RacePlatform, nonces: Nonces): Promise<Heat> {
  const proof = await tokenProof(platform, await nonces.of('auth-server'))
  return {
    request: async () =>
      tokenForm(platform, { ...grant, ...(await assertionForm(platform, 'service')) }, undefined, proof),
    judge: async (attempts) => oneWinner(attempts).faults,
  }
}

/** One proof at the API. */
export async function resourceProofHeat(platform: RacePlatform, nonces: Nonces): Promise<Heat> {
  const accessToken = await accessTokenOf(platform, nonces)
  const nonce = await nonces.of('resource-api')
  const dpop = await createProof(platform.key, { method: 'GET', url: platform.resource, accessToken, nonce })
  const headers = { authorization: `DPoP ${accessToken}`, dpop }
  return {
    request: async () => ({ to: 'resource-api', method: 'GET', path: '/api/profile', headers }),
    judge: async (attempts) => oneWinner(attempts).faults,
  }
}

/** One token serves for many heats: what is raced for is the proof. */
const tokens = new WeakMap<RacePlatform, { readonly token: string; readonly since: number }>()

/** One by client credentials, from whichever replica answers, and kept for a while. */
export async function accessTokenOf(platform: RacePlatform, nonces: Nonces): Promise<string> {
  const held = tokens.get(platform)
  if (held && Date.now() - held.since < 120_000) return held.token
  for (let turn = 0; turn < 600; turn++) {
    const form = { ...grant, ...(await assertionForm(platform, 'service')) }
    const request = await tokenForm(platform, form, await nonces.of('auth-server'))
    const { outcome, answer } = await attempt(platform, turn % platform.replicas, request)
    if (outcome === 'ok' && answer) {
      const token: string = JSON.parse(answer.text).access_token
      // One that was issued while that replica had a wrong clock is good nowhere.
      if (Math.abs((decodeJwt(token).iat ?? 0) * 1000 - Date.now()) > 60_000) continue
      tokens.set(platform, { token, since: Date.now() })
      return token
    }
    nonces.heed('auth-server', answer)
    await pause(100)
  }
  throw new Error('No access token can be had')
}
