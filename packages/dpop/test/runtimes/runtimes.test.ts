import { expect, test, vi } from 'vitest'
import { runInChromium } from './in-chromium.ts'
import { runInEdgeRuntime } from './in-edge-runtime.ts'
import type { Report } from './report.ts'
import { bundleSuite, leftOut, type Runtime } from './suite-bundle.ts'

vi.setConfig({ testTimeout: 300_000 })

const runIn = { Chromium: runInChromium, 'edge runtime': runInEdgeRuntime }

test.each(['Chromium', 'edge runtime'] as const)('the suite passes in %s', async (runtime) => {
  const report = await runIn[runtime](await bundleSuite(runtime))
  process.stdout.write(summary(runtime, report))
  expect(report.failed).toEqual([])
  expect(report.passed).toBeGreaterThan(500)
})

function summary(runtime: Runtime, { version, passed, skipped, failed, took }: Report): string {
  const sum = `${passed} passed, ${failed.length} failed, ${skipped} skipped in ${(took / 1000).toFixed(1)} s`
  return [`${runtime} ${version}: ${sum}. Not run there:`, ...leftOut(runtime)].join('\n  ').concat('\n')
}
