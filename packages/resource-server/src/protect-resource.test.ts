import { forgeProof, PROOF_DEFECTS, type ProofDefect } from '@keybound/dpop/testing'
import { requirement } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import { alice, protectedProfile, type Sent, thief } from '../test/protected-profile.ts'
import { resource } from '../test/test-issuer.ts'

const algs = 'ES256 PS256 Ed25519 EdDSA'

describe.each([
  ['with nonces', true],
  ['without nonces', false],
])('%s', (_, nonces) => {
  const open = () => protectedProfile({ nonces })
  type Profile = ReturnType<typeof open>

  /** Refused with this status, error and check id in one DPoP challenge; nothing spent. */
  async function expectRefusal(
    profile: Profile,
    sent: Sent,
    refusal: { status?: number; error: string; check: string },
  ): Promise<void> {
    const before = profile.spent()
    const { status, headers, body, challenges, check } = await profile.send(sent)
    expect({ status, error: body.error, check }).toEqual({ status: 401, ...refusal })
    expect(challenges).toHaveLength(1)
    expect(challenges[0]).toMatchObject({ scheme: 'DPoP', params: { error: refusal.error, algs } })
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('access-control-expose-headers')).toContain('DPoP-Nonce')
    expect(headers.has('dpop-nonce')).toBe(refusal.error === 'use_dpop_nonce')
    expect(profile.spent()).toBe(before)
  }

  requirement(['DPOP-7-01', 'DPOP-7.1-02'], 'grants access to token and proof of one key', async () => {
    const profile = open()
    const token = await profile.token()
    const { status, body } = await profile.send({ token, proof: await profile.proof(token) })
    expect(status).toBe(200)
    expect(body).toEqual({ sub: 'alice', jkt: alice.jkt })
    expect(profile.spent()).toBe(1)
  })

  requirement(
    ['S-001', 'DPOP-7.1-04', 'DPOP-7.2-04'],
    'answers a request without a token with a bare challenge',
    async () => {
      const { status, challenges, body } = await open().send({})
      expect(status).toBe(401)
      expect(challenges).toEqual([{ scheme: 'DPoP', params: { scope: 'profile', algs } }])
      expect(body.error).toBeUndefined()
    },
  )

  requirement('S-001', 'takes another scheme for no token at all', async () => {
    const { status, challenges } = await open().send({ token: 'd2ViOnNlY3JldA==', scheme: 'Basic' })
    expect(status).toBe(401)
    expect(challenges[0]?.params.error).toBeUndefined()
  })

  requirement('DPOP-4-02', 'gives no access for a proof without a token', async () => {
    const profile = open()
    const { status, challenges } = await profile.send({ proof: await profile.proof('x') })
    expect(status).toBe(401)
    expect(challenges[0]?.params.error).toBeUndefined()
  })

  describe('refuses a bound token under another scheme', () => {
    test.each(['Bearer', 'bEaReR'])('%s (S-002, S-003)', async (scheme) => {
      const profile = open()
      const token = await profile.token()
      const refusal = { error: 'invalid_token', check: 'scheme.match' }
      await expectRefusal(profile, { token, scheme }, refusal)
      await expectRefusal(profile, { token, scheme, proof: await profile.proof(token) }, refusal)
    })
  })

  describe('takes the scheme in any case', () => {
    test.each(['dpop', 'DPOP', 'DpOp'])('%s (S-006)', async (scheme) => {
      const profile = open()
      const token = await profile.token()
      expect((await profile.send({ token, scheme, proof: await profile.proof(token) })).status).toBe(200)
    })
  })

  requirement(['S-004', 'DPOP-7.2-02'], 'refuses an unbound token under the DPoP scheme', async () => {
    const profile = open()
    const refusal = { error: 'invalid_token', check: 'scheme.match' }
    const token = await profile.token({ claims: { cnf: undefined } })
    await expectRefusal(profile, { token, proof: await profile.proof(token) }, refusal)
  })

  test.each([{}, null, 'jkt', { jkt: 'short' }, { jkt: 1 }, { 'x5t#S256': 'a'.repeat(43) }, []])(
    'refuses a confirmation that it cannot check: %j (DPOP-6-01)',
    async (cnf) => {
      const profile = open()
      const token = await profile.token({ claims: { cnf } })
      const refusal = { error: 'invalid_token', check: 'scheme.match' }
      await expectRefusal(profile, { token, proof: await profile.proof(token) }, refusal)
    },
  )

  requirement(['S-005', 'P-001'], 'refuses a bound token without a proof', async () => {
    const profile = open()
    const refusal = { error: 'invalid_dpop_proof', check: 'header.single' }
    await expectRefusal(profile, { token: await profile.token() }, refusal)
  })

  requirement(
    ['S-009', 'DPOP-6-02', 'DPOP-4.3-12b', 'DPOP-7.1-08'],
    'refuses a proof by another key',
    async () => {
      const profile = open()
      const token = await profile.token()
      const proof = await profile.proof(token, { signer: thief })
      await expectRefusal(profile, { token, proof }, { error: 'invalid_token', check: 'jkt.match' })
    },
  )

  requirement(['S-018', 'P-093', 'DPOP-11.1-02'], 'refuses a proof that was used before', async () => {
    const profile = open()
    const token = await profile.token()
    const sent = { token, proof: await profile.proof(token) }
    expect((await profile.send(sent)).status).toBe(200)
    await expectRefusal(profile, sent, { error: 'invalid_dpop_proof', check: 'jti.unused' })
    await expectRefusal(profile, sent, { error: 'invalid_dpop_proof', check: 'jti.unused' })
  })

  requirement(
    ['S-020', 'DPOP-4.3-08'],
    'refuses a proof for GET on HEAD, and its jti is still good',
    async () => {
      const profile = open()
      const token = await profile.token()
      const proof = await profile.proof(token)
      await expectRefusal(
        profile,
        { token, proof, method: 'HEAD' },
        { error: 'invalid_dpop_proof', check: 'htm.match' },
      )
      expect((await profile.send({ token, proof })).status).toBe(200)
    },
  )

  requirement(['S-029', 'P-072'], 'knows its URL from configuration alone', async () => {
    const profile = open()
    const token = await profile.token()
    const url = 'http://127.0.0.1:3001/api/profile'
    const proof = await profile.proof(token, { url })
    const headers = { 'x-forwarded-host': '127.0.0.1:3001', forwarded: 'host=127.0.0.1:3001;proto=http' }
    const refusal = { error: 'invalid_dpop_proof', check: 'htu.match' }
    await expectRefusal(profile, { token, proof, url, headers }, refusal)
    expect((await profile.send({ token, proof: await profile.proof(token), url })).status).toBe(200)
  })

  requirement(['P-091', 'P-062'], 'refuses a proof made for the authorization server', async () => {
    const profile = open()
    const token = await profile.token()
    const proof = await profile.proof(token, { url: 'https://as.example/token', method: 'POST' })
    await expectRefusal(
      profile,
      { token, proof, method: 'POST' },
      { error: 'invalid_dpop_proof', check: 'htu.match' },
    )
  })

  requirement(
    ['S-016', 'DPOP-7.1-10', 'FAPI-04'],
    'asks for the scope that is missing, and spends nothing',
    async () => {
      const profile = open()
      const token = await profile.token({ claims: { scope: 'openid' } })
      const sent = { token, proof: await profile.proof(token) }
      await expectRefusal(profile, sent, { status: 403, error: 'insufficient_scope', check: 'scope.enough' })
      const { challenges } = await profile.send({ token, proof: await profile.proof(token) })
      expect(challenges[0]?.params.scope).toBe('profile')
      expect((await profile.send({ ...sent, requirement: { scope: 'openid' } })).status).toBe(200)
    },
  )

  describe('takes a token from the Authorization header alone (S-008, BCP-10, FAPI-04)', () => {
    test('and refuses one in the query, even beside a good one', async () => {
      const profile = open()
      const token = await profile.token()
      const refusal = { status: 400, error: 'invalid_request', check: 'scheme.match' }
      await expectRefusal(profile, { url: `${resource}?access_token=${token}` }, refusal)
      const proof = await profile.proof(token)
      await expectRefusal(profile, { token, proof, url: `${resource}?x=1&access_token=y` }, refusal)
    })

    test('and never looks into a body', async () => {
      const { answer, token } = open()
      const body = new URLSearchParams({ access_token: await token() })
      const response = await answer(new Request(resource, { method: 'POST', body }), {}, () => new Response())
      expect(response.status).toBe(401)
    })
  })

  requirement(['S-007', 'DPOP-7.2-06'], 'refuses two credentials', async () => {
    const profile = open()
    const token = await profile.token()
    const request = profile.request({ token, proof: await profile.proof(token) })
    request.headers.append('authorization', `Bearer ${token}`)
    const response = await profile.answer(request, {}, () => new Response())
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: 'invalid_request' })
    expect(profile.spent()).toBe(0)
  })

  describe('holds each proof to the table of RFC 9449 §4.3', () => {
    const defects = Object.entries(PROOF_DEFECTS).filter(([name]) => nonces || !name.startsWith('nonce-'))
    test.each(defects)('%s gives %s', async (name, expected) => {
      const profile = open()
      const token = await profile.token()
      const parts = {
        method: 'GET',
        url: resource,
        accessToken: token,
        nonce: await profile.nonce(),
        now: profile.clock.now(),
        defect: name as ProofDefect,
      }
      const sent = { token, proof: await forgeProof(alice, parts) }
      if (expected === 'accepted' || expected === 'jti.unused')
        expect((await profile.send(sent)).status).toBe(200)
      if (expected === 'accepted') return
      const error = expected === 'nonce.match' ? 'use_dpop_nonce' : 'invalid_dpop_proof'
      await expectRefusal(profile, sent, { error, check: expected })
      // Nothing of it stays: the next good proof is served.
      expect((await profile.send({ token, proof: await profile.proof(token) })).status).toBe(200)
    })
  })

  requirement(['P-092'], 'lets two keys use one jti', async () => {
    const profile = open()
    const parts = {
      method: 'GET',
      url: resource,
      now: profile.clock.now(),
      nonce: await profile.nonce(),
      jti: 'same',
    }
    for (const signer of [alice, thief]) {
      const accessToken = await profile.token({ claims: { cnf: { jkt: signer.jkt } } })
      const proof = await forgeProof(signer, { ...parts, accessToken })
      expect((await profile.send({ token: accessToken, proof })).status).toBe(200)
    }
  })

  requirement(
    ['L-004', 'S-018'],
    'answers 503 when the ledger cannot tell, and never grants access',
    async () => {
      const broken = {
        remember: async () => {
          throw new Error('disk full')
        },
      }
      const profile = protectedProfile({ nonces, ledger: broken })
      const token = await profile.token()
      const { status, body, headers } = await profile.send({ token, proof: await profile.proof(token) })
      expect(status).toBe(503)
      expect(body.error).toBe('temporarily_unavailable')
      expect(headers.get('retry-after')).toBe('1')
    },
  )
})
