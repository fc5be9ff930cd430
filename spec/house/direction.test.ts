import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { direction } from '../src/house/allowed-imports.ts'
import { directionFaults, importsOf, manifestFaults, workspaceOf } from '../src/house/direction.ts'
import { files, root } from '../src/source-files.ts'

const sources = files().filter(
  ({ path }) => /\.(ts|tsx|mts|mjs)$/.test(path) && workspaceOf(path) !== undefined,
)
const manifests = files().filter(({ path }) =>
  /^([^/]+|(apps|packages|examples)\/[^/]+)\/package\.json$/.test(path),
)

test('no file imports against the direction of design.md', () => {
  expect(sources.length).toBeGreaterThan(20)
  expect(sources.flatMap(({ path, read }) => directionFaults(path, read()))).toEqual([])
})

test('no workspace depends against the direction of design.md', () => {
  expect(manifests.map(({ path }) => workspaceOf(path))).toEqual(
    expect.arrayContaining(Object.keys(direction)),
  )
  const faults = manifests.flatMap(({ path, read }) =>
    manifestFaults(workspaceOf(path) ?? path, JSON.parse(read())),
  )
  expect(faults).toEqual([])
})

test('@keybound/dpop depends on jose, @keybound/oauth and lru-cache alone', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'packages/dpop/package.json'), 'utf8'))
  expect(Object.keys(manifest.dependencies).sort()).toEqual(['@keybound/oauth', 'jose', 'lru-cache'])
})

describe('the checker', () => {
  const refused: readonly [why: string, path: string, imported: string][] = [
    ['oauth imports nothing', 'packages/oauth/src/form.ts', '@keybound/dpop'],
    ['oauth has no dependencies', 'packages/oauth/src/form.ts', 'zod'],
    ['dpop does not know the servers', 'packages/dpop/src/proof/check-proof.ts', '@keybound/resource-server'],
    ['dpop has three dependencies', 'packages/dpop/src/proof/check-proof.ts', 'zod'],
    ['dpop runs in browsers', 'packages/dpop/src/proof/check-proof.ts', 'node:crypto'],
    ['so does oauth', 'packages/oauth/src/form.ts', 'node:buffer'],
    ['the AS has no database', 'packages/authorization-server/src/token/x.ts', '@keybound/stores/memory'],
    ['the AS has no framework', 'packages/authorization-server/src/token/x.ts', 'hono'],
    ['the RS does not know the AS', 'packages/resource-server/src/x.ts', '@keybound/authorization-server'],
    ['packages never import apps', 'packages/resource-server/src/x.ts', '@keybound/web-app'],
    ['apps never import each other', 'apps/web/src/x.ts', '@keybound/auth-server-app'],
    ['nor by a path', 'apps/web/src/x.ts', '../../auth-server/src/app.ts'],
    ['not even in a test', 'apps/web/src/x.test.ts', '../../auth-server/src/app.ts'],
    ['the web app is no AS', 'apps/web/src/x.ts', '@keybound/authorization-server'],
    ['stores only in dependencies.ts', 'apps/web/src/profile.ts', '@keybound/stores/prisma'],
    ['prisma only in stores/prisma', 'packages/stores/src/memory/clients.ts', '@keybound/prisma'],
    ['nor its client', 'apps/web/src/dependencies.ts', '@prisma/client'],
    ['front door only in main.ts', 'apps/web/src/dependencies.ts', '@keybound/front-door'],
    ['only the lab has a switch', 'apps/resource-api/src/dependencies.ts', '@keybound/dpop/lab'],
    ['no package has one', 'packages/resource-server/src/options.ts', '@keybound/dpop/lab'],
    ['test kit only in tests', 'apps/web/src/profile.ts', '@keybound/testkit'],
    ['not in a package either', 'packages/dpop/src/testing.ts', '@keybound/testkit'],
    ['nor the tools of tests', 'apps/web/src/profile.ts', 'fast-check'],
  ]
  for (const [why, path, imported] of refused)
    test(`refuses: ${why} (${imported})`, () => {
      expect(directionFaults(path, `import { x } from '${imported}'`)).toHaveLength(1)
    })

  const allowed: readonly [path: string, imported: string][] = [
    ['packages/dpop/src/signature/signature.node.ts', 'node:crypto'],
    ['packages/dpop/src/proof/check-proof.test.ts', 'node:crypto'],
    ['packages/dpop/src/proof/check-proof.test.ts', '@keybound/testkit'],
    ['packages/dpop/src/proof/check-proof.ts', '#signature'],
    ['packages/dpop/src/proof/check-proof.ts', '../key/thumbprint.ts'],
    ['packages/authorization-server/src/token-request.test.ts', '@keybound/stores/memory'],
    ['packages/resource-server/src/adapters/hono.ts', 'hono'],
    ['packages/stores/src/prisma/ledger.ts', '@keybound/prisma'],
    ['apps/web/src/dependencies.ts', '@keybound/stores/prisma'],
    ['apps/web/src/main.ts', '@keybound/front-door'],
    ['apps/lab/src/world/world.ts', '@keybound/dpop/lab'],
    ['bench/src/verify.ts', '@keybound/testkit'],
  ]
  for (const [path, imported] of allowed)
    test(`allows ${imported} in ${path}`, () => {
      expect(directionFaults(path, `import { x } from '${imported}'`)).toEqual([])
    })

  test('sees static, dynamic, type-only and re-exporting imports, and none in a comment or a string', () => {
    const source = `
      import type { A } from 'a'
      export { b } from 'b'
      import 'c'
      const d = await import('d')
      // import 'e'
      const f = "import 'f'"
    `
    expect(importsOf(source)).toEqual(['a', 'b', 'c', 'd'])
  })

  test('refuses manifests that depend against the direction', () => {
    expect(manifestFaults('packages/oauth', { dependencies: { jose: '1' } })).toHaveLength(1)
    expect(manifestFaults('packages/dpop', { dependencies: { '@keybound/stores': '1' } })).toHaveLength(1)
    expect(
      manifestFaults('packages/dpop', { devDependencies: { '@keybound/resource-server': '1' } }),
    ).toHaveLength(1)
    expect(
      manifestFaults('apps/web', { devDependencies: { '@keybound/auth-server-app': '1' } }),
    ).toHaveLength(1)
    expect(manifestFaults('apps/web', { dependencies: { '@keybound/testkit': '1' } })).toHaveLength(1)
    expect(manifestFaults('packages/new', {})).toHaveLength(1)
    expect(manifestFaults('packages/dpop', { devDependencies: { '@keybound/testkit': '1' } })).toEqual([])
  })
})
