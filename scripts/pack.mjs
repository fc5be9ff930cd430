// npm run pack -w @keybound/dpop: the tarball that a registry would get. In the repository a package exports its TypeScript sources; what is
// packed is compiled: JavaScript and declarations, with a manifest of its own.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import process from 'node:process'
import { run } from './child-processes.mjs'
import { root } from './settings.mjs'
import { complain } from './terminal.mjs'

/**
 * Compiles and packs a workspace, and before it the workspaces it depends on, whose declarations it is compiled against.
 * @param {string} name of the folder under packages/
 * @param {string} out where the tarballs go, and the unpacked packages (a folder each)
 * @returns {Promise<string>} the tarball
 */
export async function pack(name, out) {
  const source = join(root, 'packages', name)
  const staging = join(out, name)
  const manifest = readManifest(source)
  const inner = Object.keys(manifest.dependencies ?? {}).filter((dependency) =>
    dependency.startsWith('@keybound/'),
  )
  for (const dependency of inner) await pack(basename(dependency), out)

  rmSync(staging, { recursive: true, force: true })
  mkdirSync(staging, { recursive: true })
  await compile(source, staging, inner)
  writeFileSync(join(staging, 'package.json'), `${JSON.stringify(published(manifest), null, 2)}\n`)
  cpSync(join(root, 'LICENSE'), join(staging, 'LICENSE'))
  for (const text of ['README.md', 'CHANGELOG.md']) cpSync(join(source, text), join(staging, text))
  await run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', out], { cwd: staging })
  return join(out, `${manifest.name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`)
}

/** @param {string} source @param {string} staging @param {string[]} inner */
async function compile(source, staging, inner) {
  const config = join(staging, 'tsconfig.json')
  const declarations = (/** @type {string} */ name) => join(staging, '..', basename(name), 'dist/index.d.ts')
  const settings = {
    extends: join(root, 'tsconfig.base.json'),
    compilerOptions: {
      noEmit: false,
      allowImportingTsExtensions: false,
      rewriteRelativeImportExtensions: true,
      declaration: true,
      // The sources are checked by `npm run check`.
      noCheck: true,
      rootDir: join(source, 'src'),
      outDir: join(staging, 'dist'),
      typeRoots: [join(root, 'node_modules/@types')],
      paths: Object.fromEntries(inner.map((name) => [name, [declarations(name)]])),
    },
    include: [join(source, 'src')],
    exclude: [join(source, 'src/**/*.test.ts')],
  }
  writeFileSync(config, JSON.stringify(settings))
  await run(join(root, 'node_modules/.bin/tsc'), ['-p', config], { cwd: root })
  rmSync(config)
}

/** The manifest as it is published: compiled files, each with its declarations, and nothing that only the repository needs. @param {any} manifest */
function published(manifest) {
  const { name, version, description, license, type, exports: all, imports, dependencies } = manifest
  const { peerDependencies, peerDependenciesMeta } = manifest
  // What switches checks off is for the attack lab of this repository.
  const { './lab': _, ...exports } = all
  return {
    name,
    version,
    description,
    license,
    type,
    engines: readManifest(root).engines,
    sideEffects: false,
    files: ['dist', 'CHANGELOG.md'],
    exports: { ...compiled(exports), './package.json': './package.json' },
    ...(imports === undefined ? {} : { imports: compiled(imports) }),
    dependencies,
    ...(peerDependencies && { peerDependencies, peerDependenciesMeta }),
  }
}

/**
 * The same table of entries or conditions with each TypeScript source replaced by what was made of it.
 * @param {any} target @returns {any}
 */
function compiled(target) {
  if (typeof target !== 'string')
    return Object.fromEntries(Object.entries(target).map(([key, value]) => [key, compiled(value)]))
  const stem = target.replace('./src/', './dist/').replace(/\.ts$/, '')
  return { types: `${stem}.d.ts`, default: `${stem}.js` }
}

/** @param {string} folder */
function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const name = basename(process.cwd())
  try {
    const tarball = await pack(name, resolve(process.argv[2] ?? 'dist'))
    process.stdout.write(`${tarball}\n`)
  } catch (error) {
    complain(error)
    process.exit(1)
  }
}
