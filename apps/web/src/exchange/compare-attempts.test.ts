import { createProof, generateKey } from '@keybound/dpop/client'
import type { Exchange } from '@keybound/exchange'
import { describe, expect, it } from 'vitest'
import { compareAttempts } from './compare-attempts.ts'

const key = await generateKey('ES256')

async function attempt(change: { nonce?: string; body?: string; accessToken?: string }): Promise<Exchange> {
  const url = 'https://as.example/token'
  const { nonce, accessToken, body } = change
  const proof = await createProof(key, { method: 'POST', url, nonce, accessToken, now: 1000 })
  return {
    id: 'x',
    step: 'Redeem the code',
    from: 'playground',
    to: 'auth-server',
    request: { method: 'POST', url, headers: [['DPoP', proof]], body: body ?? 'code=code_1' },
    timings: { sentAt: 1000, took: 0 },
  }
}

describe('a retry beside the attempt before it', () => {
  it('differs in nothing but a new jti and the nonce', async () => {
    const parts = compareAttempts(await attempt({}), await attempt({ nonce: 'n-1' }))
    const differing = parts.filter(({ change }) => change !== 'same')
    expect(differing).toEqual([
      { name: 'proof jti', before: expect.any(String), after: expect.any(String), change: 'changed' },
      { name: 'proof nonce', after: 'n-1', change: 'added' },
    ])
    expect(parts.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'method',
        'URL',
        'form code',
        'proof jwk',
        'proof htm',
        'proof htu',
        'proof iat',
      ]),
    )
  })

  it('names what is gone and what another value took the place of', async () => {
    const parts = compareAttempts(
      await attempt({ accessToken: 'at', body: 'code=1' }),
      await attempt({ body: 'code=2' }),
    )
    expect(parts.find(({ name }) => name === 'proof ath')).toMatchObject({ change: 'gone' })
    expect(parts.find(({ name }) => name === 'form code')).toEqual({
      name: 'form code',
      before: '1',
      after: '2',
      change: 'changed',
    })
  })
})
