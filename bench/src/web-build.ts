import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'

const { resolve } = createRequire(import.meta.url)

/** A module of the benchmarks with our sources as a browser or an edge runtime gets them: bundled, on WebCrypto, without the import condition "node". */
export async function webBuild<T>(entry: string): Promise<T> {
  const { outputFiles } = await build({
    entryPoints: [join(dirname(resolve('@keybound/bench/package.json')), 'src', entry)],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
  })
  const text = outputFiles[0]?.text ?? ''
  return import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(text)}`) as Promise<T>
}
