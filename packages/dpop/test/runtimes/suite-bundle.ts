import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))
const packages = fileURLToPath(new URL('../../..', import.meta.url))

/** Tests that stay where they can hold, and why: whole files, and by runtime single tests. */
const NODE_ONLY: Readonly<Record<string, string>> = {
  'dpop/src/signature/signature.test.ts':
    'compares the signature module for Node, made of node:crypto, with that of the Web',
}
const NOT_HERE: Readonly<Record<Runtime, Readonly<Record<string, string>>>> = {
  'edge runtime': {},
  Chromium: {
    'a relative URL is a TypeError where there is no page that it could be relative to':
      'here there is a page',
    'that is an async iterable counts as a stream': "only Node's fetch takes an async iterable as a body",
  },
}

export type Runtime = 'Chromium' | 'edge runtime'

/** What is not run there, with the reason. */
export function leftOut(runtime: Runtime): readonly string[] {
  const rows = Object.entries({ ...NODE_ONLY, ...NOT_HERE[runtime] })
  return rows.map(([what, reason]) => `${what} (${reason})`)
}

/**
 * The package's own tests, and those of oauth, as one script without imports: real vitest, real fast-check, and the code under test as a browser or an edge runtime
 * gets it. No `node:` module is in it: what the tests themselves sign with node:crypto (their independent second opinion) they ask of the host.
 *
 * The script leaves its `Report` as JSON, in a promise, in `globalThis.report`.
 */
export async function bundleSuite(runtime: Runtime): Promise<string> {
  const files = ['dpop/src', 'oauth/src']
    .flatMap((folder) =>
      readdirSync(join(packages, folder), { recursive: true }).map((file) => `${folder}/${file}`),
    )
    .filter((file) => file.endsWith('.test.ts') && !(file in NODE_ONLY))
    .sort()
  const { outputFiles } = await build({
    entryPoints: [join(here, 'run-suite.ts')],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    write: false,
    logLevel: 'silent',
    plugins: [suiteFiles(files, Object.keys(NOT_HERE[runtime])), whatTestsNeedOfNode],
  })
  return outputFiles[0]?.text ?? ''
}

/** `suite:files`: the test files by name, each loaded when its turn comes, and the titles to skip. */
function suiteFiles(files: readonly string[], skipped: readonly string[]): Plugin {
  const entries = files.map((file) => `${JSON.stringify(file)}: () => import(${JSON.stringify(`./${file}`)})`)
  return {
    name: 'suite-files',
    setup(builder) {
      builder.onResolve({ filter: /^suite:files$/ }, ({ path }) => ({ path, namespace: 'suite' }))
      builder.onLoad({ filter: /^suite:files$/, namespace: 'suite' }, () => ({
        contents: `export const files = { ${entries.join(',\n')} }\nexport const skipped = ${JSON.stringify(skipped)}`,
        resolveDir: packages,
      }))
    },
  }
}

/** Gives tests, and nothing but tests, a Buffer and a node:crypto. In the code under test either would be a fault, and it stays one. */
const whatTestsNeedOfNode: Plugin = {
  name: 'what-tests-need-of-node',
  setup(builder) {
    builder.onResolve({ filter: /^node:/ }, ({ path, importer }) => {
      if (path === 'node:crypto' && isTest(importer)) return { path: join(here, 'node-crypto.ts') }
      return { errors: [{ text: `${path} is imported by ${relative(packages, importer)}` }] }
    })
    builder.onLoad({ filter: /\/packages\/dpop\/.*\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8')
      const contents =
        isTest(path) && /\bBuffer\b/.test(source)
          ? `import { Buffer } from ${JSON.stringify(join(here, 'octet-buffer.ts'))}\n${source}`
          : source
      return { contents, loader: 'ts' }
    })
  },
}

function isTest(path: string): boolean {
  return path.endsWith('.test.ts') || (path.includes('/dpop/test/') && !path.includes('/runtimes/'))
}
