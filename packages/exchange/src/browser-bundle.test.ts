import { build } from 'esbuild'
import { expect, it } from 'vitest'

it('runs in a browser: bundles without anything of Node', { timeout: 120_000 }, async () => {
  const result = await build({
    entryPoints: [`${import.meta.dirname}/index.ts`],
    bundle: true,
    platform: 'browser',
    format: 'esm',
    write: false,
    logLevel: 'silent',
  })
  // esbuild refuses a module of Node for this platform; its globals it would let through.
  expect(result.errors).toEqual([])
  expect(result.outputFiles[0]?.text).not.toMatch(/\bBuffer\.|process\.versions/)
})
