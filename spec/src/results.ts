import { relative, sep } from 'node:path'
import { idsInTitle } from './citations.ts'
import { root } from './source-files.ts'

export type Result = 'passed' | 'failed' | 'skipped'

/** One test as a runner saw it, with the ids that its title ends in, or that of a describe around it. */
export interface TestResult {
  readonly ids: readonly string[]
  readonly title: string
  readonly file: string
  readonly result: Result
}

/** The part of vitest's JSON report that is read here. */
export interface VitestReport {
  readonly testResults: readonly {
    readonly name: string
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[]
      readonly title: string
      readonly status: string
    }[]
  }[]
}

/** The part of Playwright's JSON report that is read here. */
export interface PlaywrightReport {
  readonly config: { readonly rootDir: string }
  readonly suites: readonly PlaywrightSuite[]
}
interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[]
  readonly specs: readonly {
    readonly title: string
    readonly file: string
    readonly tests: readonly { readonly status: string }[]
  }[]
}

export function fromVitest(report: VitestReport): TestResult[] {
  return report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ ancestorTitles, title, status }) => ({
      ids: [...ancestorTitles, title].flatMap(idsInTitle),
      title: [...ancestorTitles, title].map(withoutIds).join(' '),
      file: fromRoot(name),
      result: status === 'passed' || status === 'failed' ? status : ('skipped' as const),
    })),
  )
}

export function fromPlaywright(report: PlaywrightReport): TestResult[] {
  const walk = (suite: PlaywrightSuite): TestResult[] => [
    ...suite.specs.map(({ title, file, tests }) => ({
      ids: idsInTitle(title),
      title: withoutIds(title),
      file: fromRoot(`${report.config.rootDir}/${file}`),
      result: playwrightResult(tests.map((test) => test.status)),
    })),
    ...(suite.suites ?? []).flatMap(walk),
  ]
  return report.suites.flatMap(walk)
}

function playwrightResult(statuses: readonly string[]): Result {
  if (statuses.some((status) => status === 'unexpected')) return 'failed'
  return statuses.length > 0 && statuses.every((status) => status === 'skipped') ? 'skipped' : 'passed'
}

/** A title without the ids at its end. */
export function withoutIds(title: string): string {
  return idsInTitle(title).length === 0 ? title : title.replace(/\s*\([^()]*\)\s*$/, '')
}

function fromRoot(path: string): string {
  return relative(root, path).split(sep).join('/')
}
