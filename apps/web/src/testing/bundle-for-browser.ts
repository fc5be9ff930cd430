import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

/**
 * A module as a browser gets it, with everything below it: the WebCrypto half of @keybound/dpop and no Node module. It runs here all the
 * same, since Node has WebCrypto too.
 */
export async function bundleForBrowser<Module>(entry: URL): Promise<Module> {
  const { outputFiles } = await build({
    entryPoints: [entry.pathname],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    write: false,
    logLevel: 'silent',
  })
  const directory = mkdtempSync(join(tmpdir(), 'keybound-bundle-'))
  try {
    const file = join(directory, 'module.mjs')
    writeFileSync(file, outputFiles[0]?.text ?? '')
    return (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Module
  } finally {
    rmSync(directory, { recursive: true })
  }
}
