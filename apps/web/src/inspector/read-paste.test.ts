import { describe, expect, it } from 'vitest'
import { exampleRequest } from './example-request.ts'
import { readPaste } from './read-paste.ts'

const example = await exampleRequest(undefined, { url: 'https://api.example/profile', method: 'POST' })
const [proof = ''] = example.proofs
const token = example.accessToken
const whole = {
  method: 'POST',
  url: 'https://api.example/profile',
  scheme: 'dpop',
  accessToken: token,
  proofs: [proof],
}

describe('what somebody pastes is sorted out', () => {
  it.each([
    ['a raw request', 'HTTP request', example.text],
    [
      'a raw request with CRLF and a body',
      'HTTP request',
      `${example.text.replaceAll('\n', '\r\n')}\r\na=b&DPoP: x`,
    ],
    [
      'a curl command over several lines',
      'curl command',
      `$ curl -s -o /dev/null \\\n  -X POST \\\n  -H 'Authorization: DPoP ${token}' -H "DPoP: ${proof}" \\\n  --data-raw 'it'\\''s' 'https://api.example/profile'`,
    ],
    [
      'a curl command that says POST by its data alone',
      'curl command',
      `curl https://api.example/profile --header="DPoP: ${proof}" -HAuthorization:\\ DPoP\\ ${token} -d a=b`,
    ],
  ] as const)('%s', (_, kind, text) => {
    const pasted = readPaste(text)
    expect(pasted).toMatchObject({ kind, ...whole })
    expect(pasted.fault).toBeUndefined()
  })

  it('a proof and a token, in either order, by what they say of themselves', () => {
    for (const text of [`${proof}\n${token}`, `  ${token} ${proof}\n`])
      expect(readPaste(text)).toEqual({ kind: 'JWTs', accessToken: token, proofs: [proof] })
    expect(readPaste(proof)).toEqual({ kind: 'JWTs', proofs: [proof] })
  })

  it('header lines without a request, two DPoP lines included', () => {
    expect(readPaste(`DPoP: ${proof}\nauthorization: Bearer ${token}\ndpop:${proof}`)).toEqual({
      kind: 'header lines',
      scheme: 'bearer',
      accessToken: token,
      proofs: [proof, proof],
    })
  })

  it('and says what it assumes: a raw request does not name its scheme', () => {
    expect(readPaste('GET /x HTTP/1.1\nHost: localhost:4001').url).toBe('http://localhost:4001/x')
    expect(readPaste('GET /x HTTP/1.1\nHost: api.example').assumed).toContain('https is assumed')
    expect(readPaste('GET https://api.example/x').assumed).toBeUndefined()
  })
})

describe('bad input points at the first bad character', () => {
  it.each([
    ['hello', 0, 'would begin'],
    [`DPoP: ${proof.slice(0, 20)}+${proof.slice(21)}`, 26, 'standard base64'],
    [`DPoP: ${proof}==`, 6 + proof.length, 'Padding'],
    [`${proof}.x`, proof.length, 'third'],
    [`DPoP: ${proof.slice(0, proof.lastIndexOf('.'))}`, 6 + proof.lastIndexOf('.'), 'after 1'],
    [`GET / HTTP/1.1\nHost: a.example\nDPoP ${proof}`, 35, 'a colon'],
    [`curl -H 'DPoP: ${proof}`, 8, 'never closed'],
  ])('%#', (text, at, says) => {
    const { fault } = readPaste(text)
    expect(fault?.at).toBe(at)
    expect(fault?.says).toContain(says)
  })

  it('also inside the JSON of a segment', () => {
    const encode = (json: string) => Buffer.from(json).toString('base64url')
    const text = `DPoP: ${encode('{"typ":"dpop+jwt",}')}.${encode('{}')}.AA`
    const { fault } = readPaste(text)
    expect(fault?.says).toContain('character 19, "}"')
    expect(fault?.at).toBe(6 + 24)
  })
})
