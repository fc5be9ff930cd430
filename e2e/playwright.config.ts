import { defineConfig } from '@playwright/test'
import { findBrowser } from './harness/find-browser.ts'

const asRoot = process.getuid?.() === 0
const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The whole platform on free ports and temporary data (harness/start-platform.ts), beside whatever else runs. */
export default defineConfig({
  testDir: './specs',
  outputDir: './test-results',
  globalSetup: './harness/start-platform.ts',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  fullyParallel: false,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  // A loaded machine can make a browser late once. What passes only at the second try is named, and counted, in the last line of npm test.
  retries: process.env.CI ? 1 : 0,
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [['list'], ['json']] : [['list']],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: findBrowser(), args: asRoot ? ['--no-sandbox', ...quiet] : quiet },
    trace: 'retain-on-failure',
    actionTimeout: 20_000,
    navigationTimeout: 40_000,
    locale: 'en-GB',
  },
  projects: [
    { name: 'flows', testIgnore: ['afterwards/**', 'alone/**'] },
    // Those that count what the whole platform has decided: one after the other.
    { name: 'alone', testMatch: 'alone/**', dependencies: ['flows'], workers: 1 },
    // What everything above has left behind.
    { name: 'afterwards', testMatch: 'afterwards/**', dependencies: ['alone'] },
  ],
})
