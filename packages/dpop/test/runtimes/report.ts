/** What a run of the suite came to. */
export interface Report {
  readonly version: string
  readonly passed: number
  readonly skipped: number
  /** Title and message of each test that failed, and of each file that could not be loaded. */
  readonly failed: readonly string[]
  /** Milliseconds. */
  readonly took: number
}
