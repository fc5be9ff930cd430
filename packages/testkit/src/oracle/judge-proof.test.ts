import { sign as cryptoSign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { testKeys } from '../keys/test-keys.ts'
import rfc9449 from '../vectors/rfc9449.json' with { type: 'json' }
import { judgeProof, sameUri } from './index.ts'

const around = { back: 20, ahead: 10 }

describe('the oracle', () => {
  for (const vector of rfc9449.proofs) {
    const expected = {
      method: vector.method,
      url: vector.url,
      now: vector.iat,
      ...around,
      ...(vector.accessToken ? { accessToken: vector.accessToken } : {}),
    }

    test(`accepts figure ${vector.figures.join(' and ')} of the RFC`, () => {
      expect(judgeProof(vector.proof, { ...expected, boundTo: rfc9449.key.jkt })).toEqual({
        accepted: true,
        jkt: rfc9449.key.jkt,
        jti: vector.jti,
      })
    })

    test(`refuses figure ${vector.figures.join(' and ')} wherever one expectation changes`, () => {
      const clauseOf = (change: object, proof = vector.proof) => {
        const judged = judgeProof(proof, { ...expected, ...change })
        return judged.accepted ? 'accepted' : judged.clause
      }
      expect(clauseOf({ method: vector.method.toLowerCase() })).toBe('4.3 (8)')
      expect(clauseOf({ url: `${vector.url}/` })).toBe('4.3 (9)')
      expect(clauseOf({ now: vector.iat + 21 })).toBe('4.3 (11)')
      expect(clauseOf({ now: vector.iat - 11 })).toBe('4.3 (11)')
      expect(clauseOf({ nonces: new Set(['x']) })).toBe('4.3 (10)')
      expect(clauseOf({ accessToken: 'another' })).toBe('4.3 (12a)')
      expect(clauseOf({ boundTo: testKeys.ES256.jkt })).toBe('4.3 (12b)')
      expect(clauseOf({}, `${vector.proof.slice(0, -6)}AAAAAA`)).toBe('4.3 (6)')
      expect(clauseOf({}, `${vector.proof}, ${vector.proof}`)).toBe('4.3 (2)')
      expect(clauseOf({}, '')).toBe('4.3 (2)')
    })
  }

  test('verifies every algorithm that a proof may use, and no private key', () => {
    for (const { alg, publicJwk, privateJwk, jkt } of Object.values(testKeys)) {
      const proofWith = (jwk: object) => {
        const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
        const input = `${part({ typ: 'dpop+jwt', alg, jwk })}.${part({ jti: 'a', htm: 'GET', htu: 'https://a.test', iat: 5 })}`
        const key = { key: privateJwk as never, format: 'jwk' as const, dsaEncoding: 'ieee-p1363' as const }
        const pss = alg === 'PS256' ? { padding: 6, saltLength: 32 } : {}
        const digest = alg === 'Ed25519' ? null : `sha${alg.slice(2)}`
        return `${input}.${cryptoSign(digest, Buffer.from(input), { ...key, ...pss }).toString('base64url')}`
      }
      const expected = { method: 'GET', url: 'https://a.test/', now: 0, ...around }
      expect(judgeProof(proofWith(publicJwk), expected)).toEqual({ accepted: true, jkt, jti: 'a' })
      expect(judgeProof(proofWith(privateJwk), expected)).toEqual({ accepted: false, clause: '4.3 (7)' })
    }
  })

  test('compares URIs as RFC 3986 §6.2.2 and §6.2.3 say, and no further', () => {
    const base = 'https://server.example.com/token'
    for (const same of [
      'HTTPS://SERVER.example.COM/token',
      'https://server.example.com:443/token',
      'https://server.example.com:/token',
      'https://server.example.com/a/../token',
      'https://server.example.com/./token?x#y',
      'https://server.example.com/%74oken',
    ])
      expect(sameUri(same, base), same).toBe(true)
    for (const other of [
      'http://server.example.com/token',
      'https://server.example.com/token/',
      'https://server.example.com/Token',
      'https://server.example.com:8443/token',
      'https://user@server.example.com/token',
      'https://server.example.com//token',
      'https:/server.example.com/token',
      '/token',
      'https://server.example.com%2Ftoken',
    ])
      expect(sameUri(other, base), other).toBe(false)
    expect(sameUri('https://a.test', 'https://a.test/')).toBe(true)
    expect(sameUri('https://a.test/%2f', 'https://a.test/%2F')).toBe(true)
    expect(sameUri('https://a.test/a%2fb', 'https://a.test/a/b')).toBe(false)
    expect(sameUri('https://[::1]:8443/', 'https://[0:0:0:0:0:0:0:1]:8443/')).toBe(true)
  })
})
