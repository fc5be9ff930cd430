import { requirement } from '@keybound/testkit'
import { describe, expect } from 'vitest'
import { claims, header, judged, segment, signed, withClaims } from '../../test/judged.ts'
import { readProof } from '../index.ts'

describe('(1) and (2): one well-formed JWT', () => {
  requirement(
    ['DPOP-4.3-01', 'P-002', 'P-004', 'P-007'],
    'refuses no value, two values, and a value with a space in it',
    async () => {
      const proof = withClaims({})
      for (const value of ['', ' ', `${proof}, ${proof}`, `${proof},${withClaims({ jti: 'b' })}`]) {
        expect(await judged(value)).toBe('header.single')
        expect(() => readProof(new Headers({ DPoP: value }))).toThrow(/header.single/)
      }
      const twoLines = new Headers([
        ['dpop', proof],
        ['DPoP', proof],
      ])
      expect(() => readProof(twoLines)).toThrow(/header.single/)
      const middle = Math.floor(proof.length / 2)
      for (const gap of [' ', '\t', '\n'])
        expect(await judged(proof.slice(0, middle) + gap + proof.slice(middle))).toBe('jwt.wellformed')
    },
  )

  requirement(['DPOP-4.1-02', 'P-006'], 'finds the field however its name is spelled', () => {
    for (const name of ['DPoP', 'dpop', 'DPOP']) expect(readProof(new Headers({ [name]: 'x' }))).toBe('x')
    expect(readProof(new Headers())).toBeUndefined()
  })

  requirement(
    ['DPOP-4.3-02', 'DPOP-4.1-03', 'P-009', 'P-010', 'P-011', 'P-013'],
    'refuses two segments, four, five, dots, garbage, JSON serialisation, quotes and the other base64',
    async () => {
      const proof = withClaims({})
      const [head = '', payload = '', signature = ''] = proof.split('.')
      const values = [
        `${head}.${payload}`,
        `.${payload}.${signature}`,
        `${proof}.${signature}`,
        `${proof}.a.b`,
        '.'.repeat(8192),
        'garbage',
        `"${proof}"`,
        `${head}.${payload}.${signature.slice(0, -1)}=`,
        `${head}=.${payload}.${signature}`,
        `${head}+.${payload}.${signature}`,
        `${head}/.${payload}.${signature}`,
        JSON.stringify({ payload, protected: head, signature }).replaceAll(',', ';'),
        `${proof}\u0080`,
      ]
      for (const value of values) expect(await judged(value), value.slice(0, 60)).toBe('jwt.wellformed')
      expect(await judged(`${head}.${payload}.`)).toBe('sig.valid')
    },
  )

  requirement('P-012', 'refuses a proof over 4 KB, however good', async () => {
    expect(await judged(withClaims({ more: 'x'.repeat(2000) }))).toBe('accepted')
    expect(await judged(withClaims({ more: 'x'.repeat(3000) }))).toBe('jwt.wellformed')
  })

  requirement(['P-015', 'P-051'], 'refuses a header or payload that is no JSON object', async () => {
    for (const json of [
      '[]',
      '"x"',
      '1',
      'null',
      'true',
      '',
      '{',
      '{}x',
      '\u00a0{}',
      "{'a':1}",
      '{"a":1,}',
    ]) {
      expect(await judged(signed(json, claims())), json).toBe('jwt.wellformed')
      expect(await judged(signed(header(), json)), json).toBe('jwt.wellformed')
    }
    expect(await judged(signed('{}', claims()))).toBe('typ.dpop')
    expect(await judged(signed(header(), '{}'))).toBe('claims.required')
  })

  requirement(['P-017', 'P-097'], 'survives prototype members and 500 levels of nesting', async () => {
    const json = JSON.stringify(claims()).slice(1)
    expect(await judged(signed(header(), `{"__proto__":{"polluted":1},"constructor":{"x":1},${json}`))).toBe(
      'accepted',
    )
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
    const deep = `{"deep":${'['.repeat(500)}${']'.repeat(500)},${json}`
    expect(['accepted', 'jwt.wellformed']).toContain(await judged(signed(header(), deep)))
    const deeper = `${segment('['.repeat(2500))}.${segment('x')}.x`
    expect(await judged(deeper)).toBe('jwt.wellformed')
  })

  requirement('P-052', 'refuses a byte order mark, invalid UTF-8 and a lone surrogate in jti', async () => {
    expect(await judged(signed(header(), `\ufeff${JSON.stringify(claims())}`))).toBe('jwt.wellformed')
    const invalid = Buffer.concat([Buffer.from('{"jti":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')])
    expect(await judged(`${segment(header())}.${invalid.toString('base64url')}.AA`)).toBe('jwt.wellformed')
    const lone = JSON.stringify(claims({ jti: 'x' })).replace('"x"', '"\\ud800"')
    expect(await judged(signed(header(), lone))).toBe('claims.required')
  })
})
