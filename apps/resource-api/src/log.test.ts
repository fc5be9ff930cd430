import { checkProof, createProof, defaultProofPolicy, generateKey } from '@keybound/dpop'
import { OAuthError } from '@keybound/oauth'
import { expect, test, vi } from 'vitest'
import { createLog } from './log.ts'

test('https in front and http in API_URL is named in the log, with its fix', async () => {
  const written: string[] = []
  const log = createLog({ level: 'info', destination: { write: (line) => written.push(line) } })
  const request = new Request('http://api.example/api/profile')
  const proof = await createProof(await generateKey('ES256'), {
    method: 'GET',
    url: 'https://api.example/api/profile',
    now: 0,
  })
  const error = await checkProof(proof, {
    method: 'GET',
    url: request.url,
    now: 0,
    policy: defaultProofPolicy,
  }).catch((fault) => fault)
  expect(error).toBeInstanceOf(OAuthError)
  log.decided({ outcome: 'rejected', request, error })
  await vi.waitFor(() => expect(written).toHaveLength(1), { timeout: 30_000 })
  const line = JSON.parse(written[0] ?? '')
  expect(line).toMatchObject({ outcome: 'rejected', check: 'htu.match' })
  expect(line.hint).toMatch(/says https .* configured as http: is a proxy in front\? Set API_URL to it\.$/)
})

const refusal = new OAuthError('invalid_token', 'token.valid', 'no')

/** The line of a refused request with these headers. */
async function refused(headers: Record<string, string>, error = refusal): Promise<Record<string, unknown>> {
  const written: string[] = []
  const log = createLog({ level: 'info', destination: { write: (line) => written.push(line) } })
  const request = new Request('http://api.example/api/profile', { headers })
  log.decided({ outcome: 'rejected', request, error })
  await vi.waitFor(() => expect(written).toHaveLength(1), { timeout: 30_000 })
  return JSON.parse(written[0] ?? '')
}

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')

test('a refusal names the key and the client that the request claims', async () => {
  const key = await generateKey('ES256')
  const dpop = await createProof(key, { method: 'GET', url: 'http://api.example/api/profile', now: 0 })
  const token = `${encoded({})}.${encoded({ client_id: 'web' })}.c2ln`
  expect(await refused({ authorization: `DPoP ${token}`, dpop })).toMatchObject({
    outcome: 'rejected',
    check: 'token.valid',
    jkt: key.jkt,
    client_id: 'web',
  })
})

test.each([
  ['nothing', {}],
  ['no token and no proof', { authorization: 'DPoP x', dpop: 'y' }],
  ['two credentials', { authorization: 'DPoP x, Bearer y' }],
  ['a client that is no text', { authorization: `DPoP a.${encoded({ client_id: 1 })}.b` }],
])('a refusal of %s is logged without either', async (_, headers) => {
  const line = await refused(headers)
  expect(line).toMatchObject({ outcome: 'rejected', check: 'token.valid' })
  expect(line).not.toHaveProperty('jkt')
  expect(line).not.toHaveProperty('client_id')
})

test('a client that calls itself by a secret is redacted', async () => {
  const secret = `rt_${'x'.repeat(43)}`
  const line = await refused({ authorization: `DPoP a.${encoded({ client_id: secret })}.b` })
  expect(line.client_id).toBe('[redacted]')
})

test('why the issuer or a store cannot be reached is in the log, by its code alone', async () => {
  const deepest = Object.assign(new Error('of /secret/place'), { code: 'SELF_SIGNED_CERT_IN_CHAIN' })
  const cause = new TypeError('fetch failed', { cause: deepest })
  const error = new OAuthError('temporarily_unavailable', 'keys.available', 'Not just now', { cause })
  const line = await refused({}, error)
  expect(line).toMatchObject({ check: 'keys.available', hint: 'SELF_SIGNED_CERT_IN_CHAIN' })
  expect(JSON.stringify(line)).not.toContain('secret')
})
