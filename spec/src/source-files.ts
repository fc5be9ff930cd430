import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')

export interface SourceFile {
  /** Relative to the repository's root, with forward slashes. */
  readonly path: string
  read(): string
}

const notOurs = new Set([
  'node_modules',
  'dist',
  'target',
  'generated',
  'coverage',
  'reports',
  'test-results',
  'playwright-report',
])

/** Every file of the repository that people wrote, in the order of its path. */
export function files(folder = root): SourceFile[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.') && !notOurs.has(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const full = join(folder, entry.name)
      if (entry.isDirectory()) return files(full)
      if (!entry.isFile()) return []
      return [{ path: relative(root, full).split(sep).join('/'), read: () => readFileSync(full, 'utf8') }]
    })
}

export function isTest(path: string): boolean {
  return /\.(test|spec)\.tsx?$/.test(path)
}

/** The program: what lies under a `src` or `app` folder of a workspace, tests, styles and data apart. */
export function isProgram(path: string): boolean {
  return (
    /^(?:(?:apps|packages)\/[^/]+|prisma|spec|bench|cluster|e2e)\/(?:src|app)\/.+\.tsx?$/.test(path) &&
    !isTest(path) &&
    !path.endsWith('.d.ts')
  )
}

export function programSources(): SourceFile[] {
  return files().filter((file) => isProgram(file.path))
}

/** Where requirement titles may stand: tests, browser specs and the contracts that drivers run. Tests of the catalogue itself and of the kit prove no clause. */
export function testSources(): SourceFile[] {
  return files().filter(({ path }) => {
    if (path.startsWith('packages/testkit/')) return path.startsWith('packages/testkit/src/contracts/')
    return isTest(path) && (!path.startsWith('spec/') || path.startsWith('spec/house/'))
  })
}
