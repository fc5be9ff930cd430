import { describe, expect, test } from 'vitest'
// @boundaries-ignore scripts/ is outside of every package
import {
  readLock,
  readManifests,
  severalOf,
  unexpectedScripts,
  unknownLicences,
  unpinned,
  unsealed,
} from '../../scripts/supply-chain.mjs'

const lock = readLock()
const manifests = readManifests()
const allowed = manifests['package.json']?.allowScripts ?? {}
const added = (entry: object) => ({
  ...lock,
  'node_modules/new-one': { version: '1.0.0', license: 'MIT', ...entry },
})

describe('the dependencies', () => {
  test('are pinned, sealed, licensed, and run no script that nobody decided on (OPS-49, N-015)', () => {
    expect(unpinned(manifests)).toEqual([])
    expect(unsealed(lock)).toEqual([])
    expect(unknownLicences(lock)).toEqual([])
    expect(unexpectedScripts(lock, allowed)).toEqual([])
  })

  test('bring one jose to what is run (OPS-49)', () => {
    expect(severalOf('jose', lock)).toEqual([])
  })
})

describe('the check of the dependencies', () => {
  test('sees a range, a tag and an address where a version should be', () => {
    const loose = {
      'a/package.json': { dependencies: { x: '^1.0.0', y: 'latest', z: 'https://x.test/z.tgz', v: '1.0.0' } },
    }
    expect(unpinned(loose)).toHaveLength(3)
  })

  test('sees a package without its hash, with another kind of hash, and with an address (N-015)', () => {
    expect(unsealed(added({}))).toHaveLength(1)
    expect(unsealed(added({ integrity: 'sha1-abc=' }))).toHaveLength(1)
    expect(
      unsealed(added({ integrity: 'sha512-abc=', resolved: 'https://x.test/new-one.tgz' })),
    ).toHaveLength(1)
  })

  test('sees a new install script, and says where to decide (N-015)', () => {
    const [fault] = unexpectedScripts(added({ hasInstallScript: true }), allowed)
    expect(fault).toContain('new-one wants to run a script')
  })

  test('sees a licence that nobody has looked at, also in an expression', () => {
    expect(unknownLicences(added({ license: 'SSPL-1.0' }))).toHaveLength(1)
    expect(unknownLicences(added({ license: '(MIT OR GPL-3.0-only)' }))).toHaveLength(1)
    expect(unknownLicences(added({ license: undefined }))).toHaveLength(1)
  })

  test('sees a second copy in what is run, and leaves tools and examples alone', () => {
    const second = (entry: object) => ({
      ...lock,
      'node_modules/a/node_modules/jose': { version: '5.0.0', ...entry },
    })
    expect(severalOf('jose', second({}))).toHaveLength(1)
    expect(severalOf('jose', second({ dev: true }))).toEqual([])
    expect(severalOf('jose', { ...lock, 'examples/a/node_modules/jose': { version: '4.0.0' } })).toEqual([])
  })
})
