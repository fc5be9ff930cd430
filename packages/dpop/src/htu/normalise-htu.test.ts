import { requirement } from '@keybound/testkit'
import vectors from '@keybound/testkit/vectors/htu.json' with { type: 'json' }
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyText } from '../../test/any-text.ts'
import { normaliseHtu } from './normalise-htu.ts'

describe('the published vectors', () => {
  test.each(vectors.vectors)('$expect: $htu for $url ($why)', ({ htu, url, expect: expected }) => {
    const claimed = normaliseHtu(htu)
    const outcome = claimed === undefined ? 'refused' : claimed === normaliseHtu(url) ? 'same' : 'different'
    expect(outcome).toBe(expected)
  })

  requirement('DPOP-4.3-13', 'have syntax normalisation: case, percent-encoding, dot segments', () => {
    const vector = { htu: 'HTTPS://RS.example/%7ea/./b/../%2f', normal: 'https://rs.example/~a/%2F' }
    expect(normaliseHtu(vector.htu)).toBe(vector.normal)
  })

  requirement('DPOP-4.3-14', 'have scheme normalisation: default and empty port, empty path', () => {
    expect(normaliseHtu('https://rs.example:443')).toBe('https://rs.example/')
    expect(normaliseHtu('http://rs.example:80')).toBe('http://rs.example/')
    expect(normaliseHtu('http://rs.example:?q')).toBe('http://rs.example/')
  })

  requirement(
    ['DPOP-4.3-15', 'P-071'],
    'keep the case of the path, its trailing slash and encoded separators',
    () => {
      expect(normaliseHtu('https://rs.example/A%2Fb/')).toBe('https://rs.example/A%2Fb/')
    },
  )

  requirement(['P-066', 'P-068'], 'refuse userinfo, and take a numeric host for the text it is', () => {
    expect(normaliseHtu('https://user@rs.example/')).toBeUndefined()
    expect(normaliseHtu('http://2130706433/')).toBe('http://2130706433/')
    expect(normaliseHtu('http://0x7f.1/')).toBe('http://0x7f.1/')
    expect(normaliseHtu('http://localhost./')).toBe('http://localhost./')
  })
})

const host = fc.constantFrom(
  'rs.example',
  'localhost',
  '127.0.0.1',
  '[::1]',
  '[2001:db8::a]',
  'xn--bcher-kva.example',
)
const segment = fc.string({
  unit: fc.constantFrom('a', 'B', '~', '.', '..', '%2e', '%2F', '%7E', '%c3%A9', '+', ';', '@', ':', '-'),
  maxLength: 4,
})
const uri = fc
  .record({
    scheme: fc.constantFrom('http', 'https', 'HTTPS'),
    host,
    port: fc.constantFrom('', ':', ':80', ':443', ':8443'),
    path: fc.array(segment),
  })
  .map(
    ({ scheme, host, port, path }) => `${scheme}://${host}${port}${path.map((name) => `/${name}`).join('')}`,
  )

/** What the WHATWG parser leaves encoded although RFC 3986 §2.3 says it need not be. */
const UNRESERVED: Readonly<Record<string, string>> = { '%7E': '~', '%2E': '.' }

describe('the normal form', () => {
  test('of a normal form is itself', () => {
    fc.assert(
      fc.property(uri, (text) => {
        const normal = normaliseHtu(text)
        expect(normal).toBeDefined()
        expect(normaliseHtu(normal ?? '')).toBe(normal)
      }),
    )
  })

  test('names the same resource as the WHATWG parser does, where that parser repairs nothing', () => {
    fc.assert(
      fc.property(uri, (text) => {
        // Node 20's parser keeps the last dot segment of //.a/. although RFC 3986 §5.2.4 removes it.
        fc.pre(!text.includes('//', 'https://'.length))
        const normal = normaliseHtu(text) ?? ''
        const unreserved = (url: string) =>
          new URL(url).href.replace(
            /%[0-9a-f]{2}/gi,
            (code) => UNRESERVED[code.toUpperCase()] ?? code.toUpperCase(),
          )
        expect(unreserved(normal)).toBe(unreserved(text))
      }),
    )
  })

  test('never throws, whatever comes, and is printable ASCII without query and fragment', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          fc.string().map((text) => `https://rs.example/${text}`),
        ),
        (text) => {
          expect(normaliseHtu(text) ?? 'https://x/').toMatch(/^https?:\/\/[\x21-\x7e]+$/)
        },
      ),
    )
  })
})

test('a scheme is http or https, and no member that every object has', () => {
  expect(normaliseHtu('constructor://rs.example/')).toBeUndefined()
})
