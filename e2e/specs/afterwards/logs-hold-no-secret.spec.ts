import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { platform } from '../../harness/platform.ts'
import { root } from '../../harness/start-scripts.ts'

const forbidden = {
  'a JWT': /eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/,
  'an authorization code': /\bcode_[\w-]{40,}/,
  'a refresh token': /\brt_[\w-]{40,}/,
  'a private key': /"d"\s*:\s*"|PRIVATE KEY/,
  'an opaque access token': /\bat_[\w-]{40,}/,
  'a session cookie': /keybound-web\.session=\S+/,
}

test('after everything above the logs hold no token, code, proof, cookie, secret or password (OPS-29, N-010)', () => {
  const { data, password } = platform()
  const secrets = readFileSync(join(data, 'secrets.env'), 'utf8').matchAll(/^[A-Z_]+=(.{16,})$/gm)
  const values = [...secrets].map(([, value = '']) => value).concat(password)
  for (const [name, text] of logs()) {
    for (const [what, pattern] of Object.entries(forbidden))
      expect(pattern.exec(text)?.[0], `${what} in ${name}`).toBeUndefined()
    for (const value of values) expect(text.includes(value), `a secret in ${name}`).toBe(false)
  }
})

test('no request of the whole run ended in a 500', () => {
  for (const [name, text] of logs()) {
    const faults = text
      .split('\n')
      .filter(
        (line) =>
          /"status":5\d\d/.test(line) ||
          /"level":(50|60)\b/.test(line) ||
          /"level":"(error|fatal)"/.test(line),
      )
    expect(faults, name).toEqual([])
  }
})

/** Of the platform of all tests, and of the one behind nginx where that took part. */
function logs(): [string, string][] {
  const directories = [join(platform().data, 'log'), join(root, 'e2e/test-results/log-fapi2')].filter(
    existsSync,
  )
  return directories.flatMap((directory) =>
    readdirSync(directory).map((name): [string, string] => [
      name,
      readFileSync(join(directory, name), 'utf8'),
    ]),
  )
}
