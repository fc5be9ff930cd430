import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../src/source-files.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')

describe('a release', () => {
  const workflow = read('.github/workflows/publish.yml')

  test('installs without scripts, verifies signatures, and is published with provenance and an SBOM (OPS-50)', () => {
    for (const step of [
      'npm ci --ignore-scripts',
      'npm audit signatures',
      'npm sbom --sbom-format cyclonedx',
      '--provenance',
      'id-token: write',
    ])
      expect(workflow).toContain(step)
    expect(read('.npmrc')).toContain('audit-level=high')
    expect(read('scripts/supply-chain.mjs')).toContain("'audit', '--omit=dev'")
  })

  test('is of one of the packages that npm test packs and judges (OPS-50)', () => {
    const tags = /tags: \[(.*)\]/.exec(workflow)?.[1] ?? ''
    const names = [...tags.matchAll(/"([\w-]+)-v\*"/g)].map(([, name]) => name)
    expect(names).toEqual(['oauth', 'dpop', 'resource-server'])
    for (const name of names) expect(existsSync(join(root, `packages/${name}/CHANGELOG.md`)), name).toBe(true)
  })

  test('has a policy for reports, a threat model and runbooks (OPS-52)', () => {
    expect(read('SECURITY.md')).toMatch(/## Reporting[\s\S]*working days[\s\S]*Supported:/)
    expect(read('SECURITY.md')).toContain('## What DPoP does not protect')
    const runbooks = read('docs/runbooks.md')
    for (const title of [
      'leaked',
      'ledger was lost',
      'clock is wrong',
      'burst of replays',
      'Restore',
      'Roll back',
    ])
      expect(runbooks).toMatch(new RegExp(`^## .*${title}`, 'm'))
  })
})
