import { findBrowser } from '@keybound/e2e/harness/find-browser'
import { defineConfig } from '@playwright/test'
import type { MatrixOptions } from './harness/matrix-reporter.ts'

const asRoot = process.getuid?.() === 0
const matrix: MatrixOptions = { document: '../docs/interop.md', write: Boolean(process.env.INTEROP_WRITE) }

/** One row of docs/interop.md is one test. They run one after the other, because each is judged by what went over the wire meanwhile. */
export default defineConfig({
  testDir: './rows',
  outputDir: './test-results',
  globalSetup: './harness/start-interop.ts',
  // A virtual machine of Java may take a minute to start where many others run.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: [
    ['list'],
    ['./harness/matrix-reporter.ts', matrix],
    ...(process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [['json'] as const] : []),
  ],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: findBrowser(), args: asRoot ? ['--no-sandbox'] : [] },
  },
})
