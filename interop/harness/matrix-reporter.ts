import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter'
import { isInMatrix, type MatrixRow, matrixDocument } from './matrix-document.ts'

export interface MatrixOptions {
  /** Relative to this workspace. */
  readonly document: string
  /** Whether the run is the one that the document is written from; any other run is compared with it. */
  readonly write: boolean
}

/** Makes docs/interop.md of a whole run, or says where a run and the document disagree. */
export default class MatrixReporter implements Reporter {
  readonly #options: MatrixOptions
  readonly #rows: MatrixRow[] = []

  constructor(options: MatrixOptions) {
    this.#options = options
  }

  onTestEnd(test: TestCase, { annotations, status }: TestResult): void {
    const all = (type: string) =>
      annotations.filter((it) => it.type === type).map((it) => it.description ?? '')
    const [product, version, role] = ['product', 'version', 'role'].map((type) => all(type)[0])
    if (product === undefined) throw new Error(`${test.title} is no row: give it the details of row()`)
    this.#rows.push({
      product,
      version: version ?? '',
      role: role ?? '',
      exercised: all('exercised'),
      findings: all('finding'),
      result: status === 'skipped' ? `skipped: ${all('skip')[0] ?? 'no reason given'}` : status,
    })
  }

  async onEnd(): Promise<{ status: 'failed' } | undefined> {
    for (const { product, role, result } of this.#rows) {
      if (result.startsWith('skipped')) console.log(`${product} (${role}): ${result}`)
    }
    const file = join(import.meta.dirname, '..', this.#options.document)
    if (this.#options.write) {
      writeFileSync(file, matrixDocument(this.#rows))
      console.log(`${this.#rows.length} rows written to ${this.#options.document}`)
      return undefined
    }
    const document = readFileSync(file, 'utf8')
    const stale = this.#rows.filter((row) => row.result === 'passed' && !isInMatrix(row, document))
    if (stale.length === 0) return undefined
    const names = stale.map(({ product, role }) => `${product} (${role})`).join(', ')
    console.log(`docs/interop.md says something else of ${names}: npm run interop writes it anew`)
    return { status: 'failed' }
  }
}
