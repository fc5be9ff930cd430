import { createProof, generateKey } from '@keybound/dpop/client'
import { describe, expect, it } from 'vitest'
import type { Exchange } from './exchange.ts'
import { judgeExchange } from './judge-exchange.ts'

const url = 'http://api.example/api/profile'
const accessToken = 'the-token'
const now = 1_000_000
const key = await generateKey()

async function exchange(options: {
  status?: number
  challenge?: string
  nonce?: string
  given?: string
  by?: typeof key
  scheme?: string
  proof?: false
}): Promise<Exchange> {
  const proof = await createProof(options.by ?? key, {
    method: 'GET',
    url,
    accessToken,
    nonce: options.nonce,
    now,
  })
  return {
    id: '1',
    step: 's',
    from: 'web',
    to: 'api',
    request: {
      method: 'GET',
      url,
      headers: [
        ['Authorization', `${options.scheme ?? 'DPoP'} ${accessToken}`],
        ...(options.proof === false ? [] : [['DPoP', proof] as const]),
      ],
    },
    response: {
      status: options.status ?? 200,
      headers: [
        ...(options.challenge ? [['WWW-Authenticate', options.challenge] as const] : []),
        ...(options.given ? [['DPoP-Nonce', options.given] as const] : []),
      ],
    },
    timings: { sentAt: now, took: 0.1 },
  }
}

const known = { accessToken, jkt: key.jkt, nonces: [] }

function row(verdict: Awaited<ReturnType<typeof judgeExchange>>, id: string) {
  return verdict?.checks.find((check) => check.id === id)
}

describe('the verdict over an exchange', () => {
  it('is accepted by the client’s own checks and the server’s answer', async () => {
    const verdict = await judgeExchange(await exchange({}), known)
    expect(verdict?.outcome).toBe('accepted')
    for (const id of ['sig.valid', 'ath.match', 'jkt.match', 'jti.unused', 'token.valid'])
      expect(row(verdict, id)?.status).toBe('pass')
    expect(row(verdict, 'code.jkt')?.status).toBe('skipped')
  })

  it('is a challenge, not a failure, where the server asks for a nonce', async () => {
    const challenge = 'DPoP error="use_dpop_nonce", error_description="nonce.match: The proof needs a nonce."'
    const verdict = await judgeExchange(await exchange({ status: 401, challenge, given: 'n1' }), known)
    expect(verdict?.outcome).toBe('challenged')
    const again = await judgeExchange(await exchange({ nonce: 'n1' }), { ...known, nonces: ['n1'] })
    expect(again?.outcome).toBe('accepted')
  })

  it('names what only the server can know by the server’s answer', async () => {
    const challenge = 'DPoP error="invalid_dpop_proof", error_description="jti.unused: Used before."'
    const verdict = await judgeExchange(await exchange({ status: 401, challenge }), known)
    expect(verdict?.outcome).toBe('rejected')
    expect(row(verdict, 'jti.unused')).toMatchObject({ status: 'fail', because: 'Used before.' })
    expect(row(verdict, 'sig.valid')?.status).toBe('pass')
  })

  it('shows both thumbprints where another key signed', async () => {
    const thief = await generateKey()
    const verdict = await judgeExchange(await exchange({ status: 401, by: thief }), known)
    expect(row(verdict, 'jkt.match')).toMatchObject({
      status: 'fail',
      expected: key.jkt,
      received: thief.jkt,
    })
  })

  it('of a token sent as Bearer names the scheme, and does not miss a proof that nobody reads', async () => {
    const challenge = 'DPoP error="invalid_token", error_description="scheme.match: The token is bound."'
    const verdict = await judgeExchange(
      await exchange({ status: 401, challenge, scheme: 'Bearer', proof: false }),
      known,
    )
    expect(verdict?.checks.find((check) => check.status === 'fail')?.id).toBe('scheme.match')
    expect(row(verdict, 'header.single')?.status).toBe('skipped')
  })

  it('is none where nothing was to be proved', async () => {
    const plain = await exchange({ proof: false })
    expect(await judgeExchange(plain, { nonces: [] })).toBeUndefined()
  })
})
