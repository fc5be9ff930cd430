import { forgeProof, PROOF_DEFECTS, type ProofDefect } from '@keybound/dpop/testing'
import { expect, test } from 'vitest'
import { alice, protectedProfile, type Sent, thief } from '../test/protected-profile.ts'
import { resource } from '../test/test-issuer.ts'
import { explainAccess } from './explain-access.ts'

const profile = protectedProfile()
const explain = explainAccess(profile.options)
const token = await profile.token()

/** The check id with which explainAccess says that the request would be refused. */
async function explained(sent: Sent): Promise<string | undefined> {
  const { outcome, checks } = await explain(profile.request(sent), { scope: 'profile' })
  const first = checks.find(({ status }) => status === 'fail' || status === 'challenge')
  expect(outcome).toBe(!first ? 'accepted' : first.status === 'fail' ? 'rejected' : 'challenged')
  return first?.id
}

test('a good request passes every row that can be judged without spending the proof', async () => {
  const { outcome, checks } = await explain(profile.request({ token, proof: await profile.proof(token) }))
  expect(outcome).toBe('accepted')
  const skipped = checks.filter(({ status }) => status !== 'pass').map(({ id }) => id)
  expect(skipped).toEqual(['client.requires', 'code.jkt', 'par.jkt', 'refresh.jkt', 'jti.unused'])
})

test.each([...Object.keys(PROOF_DEFECTS).filter((name) => name !== 'jti-replayed'), undefined])(
  'says what protectResource says: %s',
  async (defect) => {
    const nonce = await profile.nonce()
    const parts = { method: 'GET', url: resource, accessToken: token, nonce, now: profile.clock.now() }
    const proof = await forgeProof(alice, { ...parts, defect: defect as ProofDefect })
    const reason = await explained({ token, proof })
    expect((await profile.send({ token, proof })).check).toBe(reason)
  },
)

test.each<[string, () => Promise<Sent>]>([
  ['a bound token as Bearer', async () => ({ token, scheme: 'Bearer' })],
  ['a token in the query', async () => ({ url: `${resource}?access_token=x` })],
  ['no proof', async () => ({ token })],
  ['another key', async () => ({ token, proof: await profile.proof(token, { signer: thief }) })],
  ['a token that is none', async () => ({ token: 'x', proof: await profile.proof('x') })],
])('says what protectResource says: %s', async (_, make) => {
  const sent = await make()
  const reason = await explained(sent)
  expect(reason).toBeDefined()
  expect((await profile.send(sent)).check).toBe(reason)
})

test.each([
  ['unbound', { cnf: undefined }],
  ['of an unknown confirmation', { cnf: { other: 1 } }],
  ['expired', { exp: 1 }],
  ['without the scope', { scope: 'openid' }],
  ['unbound and without the scope', { cnf: undefined, scope: 'openid' }],
  ['of an unknown confirmation and without the scope', { cnf: { other: 1 }, scope: 'openid' }],
  ['bound to another key and without the scope', { cnf: { jkt: thief.jkt }, scope: 'openid' }],
  ['expired and bound to another key', { exp: 1, cnf: { jkt: thief.jkt } }],
])('says what protectResource says: a token %s', async (_, claims) => {
  const changed = await profile.token({ claims })
  for (const proof of [await profile.proof(changed), await profile.proof(changed, { method: 'PUT' })]) {
    const reason = await explained({ token: changed, proof })
    expect(reason).toBeDefined()
    expect((await profile.send({ token: changed, proof })).check).toBe(reason)
  }
})

test('a request without a token is explained as such', async () => {
  const { outcome, checks } = await explain(profile.request({}))
  expect(outcome).toBe('rejected')
  expect(checks[0]).toMatchObject({ id: 'scheme.match', status: 'fail' })
})

test('beside Bearer, what was sent as Bearer is explained without a proof', async () => {
  const beside = explainAccess({ ...profile.options, schemes: ['DPoP', 'Bearer'] })
  const unbound = await profile.token({ claims: { cnf: undefined } })
  expect(await beside(profile.request({ token: unbound, scheme: 'Bearer' }))).toMatchObject({
    outcome: 'accepted',
  })
  const { outcome, checks } = await beside(profile.request({ token, scheme: 'Bearer' }))
  expect(outcome).toBe('rejected')
  expect(checks[0]).toMatchObject({ id: 'scheme.match', status: 'fail' })
})
