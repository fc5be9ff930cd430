import { signInAndAllow } from '@keybound/e2e/harness/form-session'
import { platform } from '@keybound/e2e/harness/platform'
import { expect } from '@playwright/test'
import { codeFlow, type SendWithProof } from './code-flow.ts'
import { expectCodeFlow } from './row.ts'
import type { Wire } from './wire.ts'

/** The row of a client that is no more than a fetch with proofs: as `cli` it gets tokens, reads the profile and refreshes. */
export async function expectPlainClientToWork(send: SendWithProof, wire: Wire): Promise<void> {
  const { issuer, profileUrl, password } = platform()
  const redirectUri = 'http://127.0.0.1:49158/callback'
  const registration = { issuer, clientId: 'cli', redirectUri, scope: 'profile offline_access' }
  const { tokens, refresh } = await codeFlow(registration, send, (url) => signInAndAllow(url, password))
  const profile = await send(profileUrl, {}, tokens.access_token)
  expect(await profile.json()).toMatchObject({ name: expect.stringMatching(/alice/i) })
  expect((await refresh()).status).toBe(200)
  await expectCodeFlow(wire)
}
