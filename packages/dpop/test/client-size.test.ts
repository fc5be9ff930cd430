import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

const LARGEST = 6_000

test('what a browser has to load of the client part is no more than 6 kB gzipped, and holds no other package than oauth', async ({
  annotate,
}) => {
  const { outputFiles, metafile } = await build({
    entryPoints: [fileURLToPath(new URL('../src/client.ts', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    metafile: true,
    logLevel: 'silent',
  })
  const code = outputFiles[0]?.contents ?? new Uint8Array()
  const size = gzipSync(code, { level: 9 }).length
  await annotate(`@keybound/dpop/client: ${code.length} octets minified, ${size} gzipped`)
  expect(size).toBeLessThanOrEqual(LARGEST)
  expect(size).toBeGreaterThan(2_000)

  const strangers = Object.keys(metafile.inputs).filter((path) => path.includes('node_modules'))
  expect(strangers).toEqual([])
  expect(Object.keys(metafile.inputs).some((path) => path.endsWith('signature.web.ts'))).toBe(true)
})
