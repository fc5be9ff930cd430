import { checkProof, createProof, defaultProofPolicy, generateKey } from '@keybound/dpop'
import { tokenErrorResponse } from '@keybound/oauth'
import { expect, test } from 'vitest'
import { verdictOf } from './verdict-of.ts'

const key = await generateKey('ES256')

async function verdictOver(made: string, configured: string) {
  const proof = await createProof(key, { method: 'POST', url: made, now: 0 })
  try {
    await checkProof(proof, { method: 'POST', url: configured, now: 0, policy: defaultProofPolicy })
  } catch (error) {
    return verdictOf(tokenErrorResponse(error))
  }
  throw new Error('The proof was accepted')
}

test('https in front and http in ISSUER_URL is named in the log, with its fix', async () => {
  expect(await verdictOver('https://id.example/token', 'http://id.example/token')).toMatchObject({
    check: 'htu.match',
    hint: expect.stringMatching(
      /says https .* configured as http: is a proxy in front\? Set ISSUER_URL to it\.$/,
    ),
  })
})

test('a proof for another server is the client’s own fault', async () => {
  const verdict = await verdictOver('https://elsewhere.example/', 'http://id.example/token')
  expect(verdict).toEqual({ outcome: 'rejected', error: 'invalid_dpop_proof', check: 'htu.match' })
})
