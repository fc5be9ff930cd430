import { createProof, generateKey } from '@keybound/dpop/client'
import { describe, expect, it } from 'vitest'
import { decodeProof } from '../proof/decode-proof.ts'
import { type Draft, draftOf, readValue, requestOf, showValue } from './draft.ts'
import { signProofWith } from './sign-proof.ts'

async function tokenRequest(now: number) {
  const key = await generateKey('ES256')
  const url = 'https://as.example/token'
  const body = new URLSearchParams({ grant_type: 'authorization_code', code: 'code_1' })
  const headers = { dpop: await createProof(key, { method: 'POST', url, now }) }
  return { key, request: new Request(url, { method: 'POST', headers, body }) }
}

function changed(draft: Draft, name: string, value: string): Draft {
  if (!draft.proof) throw new Error('no proof')
  const claims = draft.proof.claims.map((field) => (field.name === name ? { name, value } : field))
  return { ...draft, proof: { ...draft.proof, claims } }
}

describe('a draft', () => {
  it('has every part of the request: form, headers, proof, and nothing twice', async () => {
    const { request } = await tokenRequest(1000)
    const draft = await draftOf(request)
    expect(draft.form).toEqual([
      { name: 'grant_type', value: 'authorization_code' },
      { name: 'code', value: 'code_1' },
    ])
    expect(draft.headers).toEqual([])
    expect(draft.proof?.claims.map(({ name }) => name)).toEqual(['jti', 'htm', 'htu', 'iat'])
    expect(draft.proof?.header.map(({ name }) => name)).toEqual(['typ', 'alg', 'jwk'])
  })

  it('that waited is sent with the time of the sending, everything else as it was', async () => {
    const { key, request } = await tokenRequest(1000)
    const draft = await draftOf(request)
    const sent = await requestOf(draft, draft, { sign: signProofWith(key), clock: () => 1060.7 })
    const before = decodeProof(request.headers.get('dpop') ?? '')
    const after = decodeProof(sent.headers.get('dpop') ?? '')
    expect(after?.payload).toEqual({ ...before?.payload, iat: 1060 })
    expect(after?.header).toEqual(before?.header)
    expect(await sent.text()).toBe('grant_type=authorization_code&code=code_1')
  })

  it.each([
    ['iat', '900', 900],
    ['htm', 'GET', 'GET'],
    ['htu', '', ''],
  ])('sends a changed %s as it was typed', async (name, value, expected) => {
    const { key, request } = await tokenRequest(1000)
    const draft = await draftOf(request)
    const sent = await requestOf(changed(draft, name, value), draft, {
      sign: signProofWith(key),
      clock: () => 1060,
    })
    expect(decodeProof(sent.headers.get('dpop') ?? '')?.payload[name]).toBe(expected)
  })

  it('without its proof is sent without one', async () => {
    const { key, request } = await tokenRequest(1000)
    const { proof: _, ...draft } = await draftOf(request)
    const sent = await requestOf(draft, draft, { sign: signProofWith(key), clock: () => 0 })
    expect(sent.headers.has('dpop')).toBe(false)
  })

  it('shows each JSON value so that it reads back as itself', () => {
    for (const value of ['ES256', '12', 'true', '{"a":1}', '', 12, null, true, { kty: 'EC' }, ['x']])
      expect(readValue(showValue(value))).toEqual(value)
    expect(showValue('ES256')).toBe('ES256')
  })
})
