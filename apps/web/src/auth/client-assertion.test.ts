import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { signClientAssertion, withClientAssertion } from './client-assertion.ts'
import { importClientKey } from './client-key.ts'

const issuer = 'https://as.example'
const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
const key = await importClientKey({ ...(await exportJWK(privateKey)), kid: 'k', alg: 'ES256' })

describe('a client assertion', () => {
  it('names the issuer as its only audience, lives for a minute and is signed by the client key', async () => {
    const assertion = await signClientAssertion(key, issuer, 1000.7)
    const { payload } = await jwtVerify(assertion, publicKey, { currentDate: new Date(1_010_000) })
    expect(payload).toMatchObject({ iss: 'web', sub: 'web', aud: issuer, iat: 1000, exp: 1060 })
    expect(decodeProtectedHeader(assertion)).toEqual({
      alg: 'ES256',
      kid: 'k',
      typ: 'client-authentication+jwt',
    })
  })

  it('is new for every attempt, and takes the place of the one that Auth.js signed', async () => {
    const sent: URLSearchParams[] = []
    const fetch = withClientAssertion({
      key,
      issuer,
      clock: () => 1000,
      fetch: async (_, init) => {
        sent.push(new URLSearchParams(String(init?.body)))
        return new Response()
      },
    })
    const body = new URLSearchParams({ code: 'c', client_assertion: 'of Auth.js' })
    await fetch(`${issuer}/token`, { method: 'POST', body })
    await fetch(`${issuer}/token`, { method: 'POST', body })
    const [first, second] = sent.map((form) => decodeJwt(form.get('client_assertion') ?? ''))
    expect(first?.jti).not.toBe(second?.jti)
    expect(first?.aud).toBe(issuer)
    expect(sent[0]?.get('code')).toBe('c')
    expect(sent[0]?.get('client_assertion_type')).toMatch(/jwt-bearer$/)
  })

  it('is made with a private key only', async () => {
    await expect(importClientKey(await exportJWK(publicKey))).rejects.toThrow('not a private key')
  })
})
