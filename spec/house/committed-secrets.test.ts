import { expect, test } from 'vitest'
import { files } from '../src/source-files.ts'

/** What a scanner of secrets looks for: keys, JWTs with a signature, and opaque values by the prefixes that ours have. */
const secrets = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----\s/,
  /["']?\bd["']?: ?["'][A-Za-z0-9_-]{40,}["']/,
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/,
  /\b(?:code|rt|at|se|br|txn|cs|rat)_[\w-]{43}\b/,
]

/** Keys that are in an RFC, and those of the tests, which open nothing. */
const known = new Set([
  'packages/testkit/src/keys/test-keys.json',
  'packages/testkit/src/vectors/rfc9449.json',
])

function found(text: string): string[] {
  return secrets.flatMap((secret) => secret.exec(text)?.[0].slice(0, 12) ?? [])
}

test('no file holds a private key, a signed token or a value of ours, but those of the tests (OPS-51)', () => {
  const texts = files().filter(({ path }) =>
    /\.(?:tsx?|mjs|js|json|md|java|ya?ml|sh|sql|svg|html|conf)$/.test(path),
  )
  expect(texts.length).toBeGreaterThan(500)
  const holding = texts.filter(({ read }) => found(read()).length > 0).map(({ path }) => path)
  expect(holding).toEqual([...known].sort())
})

test('the look at a file sees each kind of secret', () => {
  const value = 'A'.repeat(43)
  for (const text of [
    `-----BEGIN ${''}PRIVATE KEY-----\n`,
    JSON.stringify({ kty: 'EC', d: value }),
    `{ d: '${value}' }`,
    `eyJ${value}.eyJ${value}.${value}`,
    `rt_${value}`,
  ])
    expect(found(text), text).toHaveLength(1)
})
