const forbidden = /^(utils?|helpers?|common|misc|types|managers?|services?|lib)$/

/** The faults of a path: a name that says nothing, whether of a file or of a folder. */
export function nameFaults(path: string): string[] {
  const parts = path.split('/')
  const names = parts.map((part, index) =>
    index === parts.length - 1 ? part.replace(/(\.[a-z]+)+$/, '') : part,
  )
  return names
    .filter((name) => forbidden.test(name))
    .map((name) => `${path}: no file or folder is called ${name}`)
}

/** One `env.ts` per app reads the environment; everything else gets values. `path` must lie under a src or app folder. */
export function environmentFaults(path: string, source: string): string[] {
  if (/(^|\/)env\.ts$/.test(path)) return []
  return /\bprocess\s*(\??\.\s*env\b|\[\s*['"]env)|\bimport\.meta\.env\b/.test(source)
    ? [`${path} reads the environment; only env.ts does`]
    : []
}

/** Files longer than the house allows, each with the reason why. */
export const longFiles: Readonly<Record<string, string>> = {
  'packages/dpop/src/checks.ts': 'the catalogue of checks is one table, to be read beside checks.md',
  'packages/dpop/src/testing/forge-proof.ts': 'one table of defects, each a line or two',
  'packages/authorization-server/src/rules.ts': 'the rules outside the table of checks, as one table',
}

/** A file of more than 200 lines (a test, or what tests share, of more than 300) wants a reason. */
export function lengthFaults(path: string, source: string): string[] {
  const lines = source.split('\n').length - 1
  const limit = /\.(test|spec)\.tsx?$|\/test\//.test(path) ? 300 : 200
  return lines > limit && !Object.hasOwn(longFiles, path)
    ? [`${path} has ${lines} lines, more than ${limit}`]
    : []
}
