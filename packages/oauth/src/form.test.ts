import { describe, expect, test } from 'vitest'
import { OAuthError } from './errors.ts'
import { parseForm, type ReadFormOptions, readForm } from './form.ts'

const FORM = 'application/x-www-form-urlencoded'

function post(body: BodyInit, contentType: string | null = FORM, url = 'https://as.example/token'): Request {
  const headers: Record<string, string> = contentType === null ? {} : { 'content-type': contentType }
  return new Request(url, { method: 'POST', body, headers })
}

async function reasonOf(request: Request, options?: ReadFormOptions): Promise<string | undefined> {
  return readForm(request, options).then(
    () => undefined,
    (error: unknown) => (error instanceof OAuthError ? error.reason : Promise.reject(error)),
  )
}

describe('readForm', () => {
  test('reads parameters, plus signs and escapes', async () => {
    const form = await readForm(post('grant_type=authorization_code&code=a%2Fb+c&=x&scope=%C3%A9'))
    expect(form.get('grant_type')).toBe('authorization_code')
    expect(form.get('code')).toBe('a/b c')
    expect(form.get('scope')).toBe('é')
    expect(form.get('missing')).toBeUndefined()
    expect([...form.entries()].length).toBe(4)
  })

  test('an empty value counts as absent (RFC 6749 §3.2)', async () => {
    const form = await readForm(post('code=&state&x=1'))
    expect(form.has('code')).toBe(false)
    expect(form.get('state')).toBeUndefined()
    expect([...form.entries()]).toEqual([['x', '1']])
  })

  test('accepts the content type in any case and with charset utf-8', async () => {
    for (const type of [
      'Application/X-WWW-Form-Urlencoded',
      `${FORM}; charset=UTF-8`,
      `${FORM};charset="utf-8"`,
    ]) {
      expect((await readForm(post('a=1', type))).get('a')).toBe('1')
    }
  })

  test.each(['application/json', 'text/plain', `${FORM}; charset=utf-16`, `${FORM}x`, ''])(
    'refuses content type %j',
    async (type) => expect(await reasonOf(post('a=1', type))).toBe('request.form'),
  )

  test('refuses repeated parameters, even with an empty value (RFC 6749 §3.2)', async () => {
    expect(await reasonOf(post('a=1&a=1'))).toBe('request.form')
    expect(await reasonOf(post('a=1&a='))).toBe('request.form')
    expect(await reasonOf(post('a=1&%61=2'))).toBe('request.form')
  })

  test('a parameter named repeatable may be repeated (RFC 8707 §2)', async () => {
    const form = await readForm(post('resource=https://a.example&resource=https://b.example'), {
      repeatable: ['resource'],
    })
    expect(form.getAll('resource')).toEqual(['https://a.example', 'https://b.example'])
  })

  test('refuses broken escapes, invalid UTF-8 and NUL', async () => {
    expect(await reasonOf(post('a=%zz'))).toBe('request.form')
    expect(await reasonOf(post('a=%ff'))).toBe('request.form')
    expect(await reasonOf(post(new Uint8Array([0x61, 0x3d, 0xff])))).toBe('request.form')
    expect(await reasonOf(post('a=%00'))).toBe('request.form')
  })

  test('refuses parameters in the query unless allowed', async () => {
    const url = 'https://as.example/token?code=x'
    expect(await reasonOf(post('a=1', FORM, url))).toBe('request.form')
    expect((await readForm(post('a=1', FORM, url), { allowQuery: true })).get('a')).toBe('1')
    expect(await reasonOf(post('a=1', FORM, 'https://as.example/token?'))).toBeUndefined()
  })

  test('stops reading at the limit, with and without Content-Length', async () => {
    expect(await reasonOf(post(`a=${'x'.repeat(32 * 1024)}`))).toBe('body.size')
    const endless = new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(1024)) })
    const request = new Request('https://as.example/token', {
      method: 'POST',
      body: endless,
      duplex: 'half',
      headers: { 'content-type': FORM },
    } as RequestInit)
    expect(await reasonOf(request, { limit: 4096 })).toBe('body.size')
  })

  test('an empty body is an empty form', async () => {
    const request = new Request('https://as.example/token', {
      method: 'POST',
      headers: { 'content-type': FORM },
    })
    expect([...(await readForm(request)).entries()]).toEqual([])
  })
})

test('parseForm reads a query string, a parameter called __proto__ included', () => {
  const form = parseForm('client_id=web&__proto__=x&toString=y')
  expect(form.get('__proto__')).toBe('x')
  expect(form.get('constructor')).toBeUndefined()
})
