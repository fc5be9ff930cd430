import ts from 'typescript'
import { direction, type Rule } from './allowed-imports.ts'

/** What only the named places may import, whatever the workspace's rule says. Tests are free of it. */
const reserved: readonly { readonly name: string; readonly of: RegExp; readonly to: RegExp }[] = [
  {
    name: 'stores belong to apps/*/dependencies.ts',
    of: /^@keybound\/stores(\/|$)/,
    to: /^apps\/[^/]+\/(src\/)?dependencies\.ts$|^(bench|cluster|e2e|examples|interop)\//,
  },
  {
    name: 'the front door belongs to apps/*/main.ts',
    of: /^@keybound\/front-door(\/|$)/,
    to: /^apps\/[^/]+\/src\/main\.ts$|^(bench|e2e|examples|interop)\//,
  },
  {
    name: 'only the attack lab can switch a check off',
    of: /^@keybound\/dpop\/lab$/,
    to: /^apps\/lab\/src\//,
  },
  {
    name: 'Prisma belongs to stores/prisma',
    of: /^(@keybound\/prisma|@prisma\/|prisma$|better-sqlite3$)/,
    to: /^packages\/stores\/src\/prisma\/|^(prisma|cluster)\/|^bench\/src\/(token-endpoint\/provider-adapters|ledger\/layouts)\.ts$/,
  },
  {
    name: 'the test kit belongs to tests, bench, cluster, e2e and interop',
    of: /^@keybound\/testkit(\/|$)/,
    to: /^(bench|cluster|e2e|interop)\/|^packages\/testkit\/|^packages\/[^/]+\/fuzz\//,
  },
  {
    name: 'test tools belong to tests and the test kit',
    of: /^(vitest|fast-check|@playwright\/test|oauth4webapi|openid-client|oidc-provider)(\/|$)/,
    to: /^(bench|e2e|interop)\/|^packages\/testkit\/|^[^/]+(\/[^/]+)?\/[^/]*vitest\.[^/]*config\.ts$/,
  },
  {
    name: "node: in oauth and dpop belongs to the signature module's Node half",
    of: /^node:/,
    to: /^(?!packages\/(oauth|dpop)\/)|^packages\/dpop\/src\/signature\/[^/]+\.node\.ts$|^packages\/dpop\/fuzz\//,
  },
]

/** Tests, and what only tests of one workspace share. @keybound/dpop/testing is a product: the forge that others test with. */
const test =
  /\.(test|spec)\.tsx?$|^(apps|packages)\/[^/]+\/test\/|^(?!packages\/dpop\/).*\/src\/(.+\/)?testing\//

/** The faults of one file, as sentences; empty where there are none. `path` is relative to the repository's root. */
export function directionFaults(path: string, source: string): string[] {
  const workspace = workspaceOf(path)
  const rule = workspace === undefined ? undefined : direction[workspace]
  if (!workspace || !rule) return []
  const inTest = test.test(path)
  return importsOf(source).flatMap((name) => {
    const fault = inTest ? testFault(path, workspace, name) : programFault(path, workspace, rule, name)
    return fault ? [`${path} imports ${name}: ${fault}`] : []
  })
}

function programFault(path: string, workspace: string, rule: Rule, name: string): string | undefined {
  for (const { of, to, name: law } of reserved) if (of.test(name) && !to.test(path)) return law
  if (name.startsWith('.')) return leaves(path, workspace, name) ? 'a path out of the workspace' : undefined
  const own = keyboundPackage(name)
  if (own !== undefined) {
    if (`packages/${own}` === workspace || own === workspace) return undefined
    return rule.packages.includes(own) ? undefined : 'against the direction of design.md'
  }
  if (name.startsWith('#') || name.startsWith('@/') || name.startsWith('~/')) return undefined
  if (rule.modules && !adapter.test(path) && !rule.modules.some((it) => matches(name, it)))
    return 'not among the modules that this package may use'
  return undefined
}

/** The thin files that fit a package to one framework, and the settings of tools: each may import what it is for. */
const adapter = /^packages\/resource-server\/src\/adapters\/|\.config\.ts$/

function testFault(path: string, workspace: string, name: string): string | undefined {
  if (name.startsWith('.')) return leaves(path, workspace, name) ? 'a path out of the workspace' : undefined
  const own = keyboundPackage(name)
  return own?.endsWith('-app') ? 'an app is never imported' : undefined
}

function matches(name: string, module: string): boolean {
  return module.endsWith(':') ? name.startsWith(module) : name === module || name.startsWith(`${module}/`)
}

function keyboundPackage(name: string): string | undefined {
  return /^@keybound\/([^/]+)/.exec(name)?.[1]
}

export function workspaceOf(path: string): string | undefined {
  return /^(?:(?:apps|packages)\/[^/]+|prisma|spec|bench|cluster|e2e|interop|examples\/[^/]+)(?=\/)/.exec(
    path,
  )?.[0]
}

/** The end-to-end tests and the cluster start the real thing by the same scripts as people do. */
function leaves(path: string, workspace: string, name: string): boolean {
  const target = new URL(name, `file:///${path}`).pathname.slice(1)
  return ![
    `${workspace}/`,
    'node_modules/',
    ...(/^(e2e|spec|cluster)$/.test(workspace) ? ['scripts/'] : []),
  ].some((it) => target.startsWith(it))
}

/** Every module that a source names: static and dynamic imports, re-exports, type imports. */
export function importsOf(source: string): string[] {
  return ts.preProcessFile(source, true, true).importedFiles.map((file) => file.fileName)
}

/** The faults of a workspace's package.json: what it lists has to agree with the direction too. */
export function manifestFaults(
  workspace: string,
  manifest: {
    readonly dependencies?: Readonly<Record<string, string>>
    readonly devDependencies?: Readonly<Record<string, string>>
  },
): string[] {
  const rule = direction[workspace]
  if (!rule) return [`${workspace} has no rule in spec/src/house/direction.ts`]
  const listed = (part: Readonly<Record<string, string>> | undefined) =>
    Object.keys(part ?? {}).flatMap((name) => keyboundPackage(name) ?? [])
  const forTests = [...rule.packages, 'testkit', 'stores', 'spec']
  return [
    ...listed(manifest.dependencies)
      .filter((name) => !rule.packages.includes(name))
      .map((name) => `${workspace}/package.json depends on ${name}, against the direction of design.md`),
    ...listed(manifest.devDependencies)
      .filter(
        (name) => name.endsWith('-app') || (workspace.startsWith('packages/') && !forTests.includes(name)),
      )
      .map(
        (name) => `${workspace}/package.json uses ${name} in its tests, against the direction of design.md`,
      ),
    ...(rule.modules === undefined
      ? []
      : Object.keys(manifest.dependencies ?? {})
          .filter((name) => !name.startsWith('@keybound/') && !rule.modules?.includes(name))
          .map((name) => `${workspace}/package.json depends on ${name}, which design.md does not give it`)),
  ]
}
