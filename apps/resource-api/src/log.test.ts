import { checkProof, createProof, defaultProofPolicy, generateKey } from '@keybound/dpop'
import { OAuthError } from '@keybound/oauth'
import { expect, test } from 'vitest'
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
  const line = JSON.parse(written[0] ?? '')
  expect(line).toMatchObject({ outcome: 'rejected', check: 'htu.match' })
  expect(line.hint).toMatch(/says https .* configured as http: is a proxy in front\? Set API_URL to it\.$/)
})
