import { testKeys } from '@keybound/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseBase64url } from '../base64url.ts'
import type { Signer } from '../key/signer.ts'
import { signerFromJwk } from '../key/signer.ts'
import { createProof } from './create-proof.ts'

const real = await signerFromJwk(testKeys.ES256.privateJwk)
const unsigned: Signer = { ...real, sign: () => new Uint8Array(64) }

async function claimsFor(url: string | URL, method = 'GET'): Promise<Record<string, unknown>> {
  const [, payload = ''] = (await createProof(unsigned, { method, url, now: 0 })).split('.')
  return JSON.parse(new TextDecoder().decode(parseBase64url(payload)))
}

const hosts = ['rs.example', 'a', '[::1]:4001', 'xn--bcher-kva.example', 'x-y.example:8443']
const paths = ['/', '/api/profile', '/a;b=c,d/~e/%20', '/.well-known/x', '/a//b', "/!$&'()*+"]

describe('the htu of a proof', () => {
  test('is the URL itself, as fetch writes it', async () => {
    for (const host of hosts)
      for (const path of paths)
        for (const scheme of ['http', 'https']) {
          const { href } = new URL(`${scheme}://${host}${path}`)
          expect((await claimsFor(href)).htu).toBe(href)
          expect((await claimsFor(new URL(href))).htu).toBe(href)
        }
  })

  test('is the origin and path of whatever fetch would make of the text', async () => {
    const parts = fc.record({
      scheme: fc.constantFrom('http', 'https', 'HTTPS'),
      user: fc.constantFrom('', 'u:p@'),
      host: fc.constantFrom(...hosts, 'RS.Example', 'bücher.example'),
      path: fc.constantFrom(...paths, '', '/é', '/a b'),
      rest: fc.constantFrom('', '?', '?q=1', '#f', '?a#b', '?x=https://y/'),
    })
    await fc.assert(
      fc.asyncProperty(parts, async ({ scheme, user, host, path, rest }) => {
        const text = `${scheme}://${user}${host}${path}${rest}`
        const { origin, pathname } = new URL(text)
        expect((await claimsFor(text)).htu).toBe(origin + pathname)
      }),
    )
  })

  test.each([
    'foo:https://rs.example/x',
    'ftp://rs.example/x',
    'blob:https://rs.example/x',
    'https://',
    '//rs.example/',
    'https:///\n',
  ])('is never made of %j', async (url) => {
    await expect(claimsFor(url)).rejects.toThrow(TypeError)
  })
})

test('a time that is none is named', async () => {
  const act = createProof(unsigned, { method: 'GET', url: 'https://rs.example/', now: Number.NaN })
  await expect(act).rejects.toThrow(new TypeError('now is a number of seconds'))
})

test('a method is carried as it is, whatever its characters', async () => {
  for (const method of ['GET', '', 'x"y', 'a\\b', 'é', '\u0001', 'PROPFIND']) {
    expect((await claimsFor('https://rs.example/', method)).htm).toBe(method)
  }
})
