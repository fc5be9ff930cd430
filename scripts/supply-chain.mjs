// What npm run check asks of the dependencies: exact versions, no unexpected install script, known licences, one jose, no known hole.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './child-processes.mjs'
import { root } from './settings.mjs'
import { Trouble } from './terminal.mjs'

/**
 * @typedef {{ version?: string, license?: string, resolved?: string, integrity?: string, link?: boolean, dev?: boolean, optional?: boolean, hasInstallScript?: boolean }} Locked
 * @typedef {{ name?: string, version?: string, dependencies?: Record<string, string>, devDependencies?: Record<string, string>, optionalDependencies?: Record<string, string>, allowScripts?: Record<string, boolean> }} Manifest
 */

/** Licences that ask for no more than their text beside the copy, and two weaker copylefts of programs that are used and not changed. */
const licences = new Set([
  ...[
    'MIT',
    'MIT-0',
    'Apache-2.0',
    'ISC',
    '0BSD',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'BlueOak-1.0.0',
    'Unlicense',
  ],
  ...['CC0-1.0', 'CC-BY-4.0', 'Python-2.0', 'Zlib', 'WTFPL', 'MPL-2.0', 'LGPL-3.0-or-later', 'EPL-2.0'],
])

/** Packages whose manifest names no licence; each was looked up by hand. */
const lookedUp = new Map([['seq-queue', 'MIT, by its LICENSE file']])

/** Throws Trouble that lists everything that is wrong. @param {(line: string) => void} now */
export async function checkSupplyChain(now) {
  const lock = readLock()
  const manifests = readManifests()
  const faults = [
    ...unpinned(manifests),
    ...unexpectedScripts(lock, manifests['package.json']?.allowScripts ?? {}),
    ...unknownLicences(lock),
    ...severalOf('jose', lock),
    ...unsealed(lock),
  ]
  if (faults.length > 0) throw new Trouble(`Dependencies:\n${faults.join('\n')}`)
  await audit(now)
}

/** @returns {Record<string, Locked>} */
export function readLock() {
  return JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
}

/** By path. @returns {Record<string, Manifest>} */
export function readManifests() {
  /** @type {string[]} */
  const workspaces = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).workspaces
  const folders = workspaces.flatMap((pattern) => {
    if (!pattern.endsWith('/*')) return [pattern]
    const parent = pattern.slice(0, -2)
    return readdirSync(join(root, parent)).map((name) => `${parent}/${name}`)
  })
  const paths = ['package.json', ...folders.map((folder) => `${folder}/package.json`)]
  const found = paths.filter((path) => existsSync(join(root, path)))
  return Object.fromEntries(found.map((path) => [path, JSON.parse(readFileSync(join(root, path), 'utf8'))]))
}

/** @param {Record<string, Manifest>} manifests @returns {string[]} */
export function unpinned(manifests) {
  return Object.entries(manifests).flatMap(
    ([path, { dependencies, devDependencies, optionalDependencies }]) =>
      Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
        .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
        .map(([name, version]) => `${path}: ${name} is ${version}, which is not one exact version`),
  )
}

/** @param {Record<string, Locked>} lock @param {Record<string, boolean>} allowed @returns {string[]} */
export function unexpectedScripts(lock, allowed) {
  return installed(lock)
    .filter(([path, entry]) => entry.hasInstallScript && !Object.hasOwn(allowed, nameOf(path)))
    .map(
      ([path]) =>
        `${nameOf(path)} wants to run a script when it is installed: decide in allowScripts of package.json`,
    )
}

/** @param {Record<string, Locked>} lock @returns {string[]} */
export function unknownLicences(lock) {
  return installed(lock)
    .filter(([path, { license, optional }]) => {
      if (license === undefined) return !optional && !lookedUp.has(nameOf(path))
      const names = license.replaceAll(/[()]/g, '').split(/ (?:or|and) /i)
      return !names.every((name) => licences.has(name))
    })
    .map(
      ([path, { license }]) =>
        `${nameOf(path)} has the licence ${license ?? '(none named)'}: look at it, then name it in supply-chain.mjs`,
    )
}

/** Two copies of one library in what is run: two caches, two classes of errors. Tools for tests and examples may bring their own. @param {string} name @param {Record<string, Locked>} lock @returns {string[]} */
export function severalOf(name, lock) {
  const copies = installed(lock).filter(
    ([path, { dev }]) => nameOf(path) === name && !dev && !path.startsWith('examples/'),
  )
  return copies.length > 1
    ? [`${name} is there ${copies.length} times: ${copies.map(([path]) => path).join(', ')}`]
    : []
}

/** Without its hash a package could be another one tomorrow; an address would tie the lockfile to one registry. @param {Record<string, Locked>} lock @returns {string[]} */
export function unsealed(lock) {
  return installed(lock).flatMap(([path, { integrity, resolved }]) => [
    ...(integrity?.startsWith('sha512-') ? [] : [`${path} has no sha512 in the lockfile`]),
    ...(resolved === undefined ? [] : [`${path} names a download address in the lockfile`]),
  ])
}

/** @param {Record<string, Locked>} lock @returns {[string, Locked][]} */
function installed(lock) {
  return Object.entries(lock).filter(([path, entry]) => path.includes('node_modules/') && !entry.link)
}

/** @param {string} path */
function nameOf(path) {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

/** Asks the registry for known holes in what is run. Where it does not answer that is said, and nothing is concluded. @param {(line: string) => void} now */
async function audit(now) {
  const { lines } = await run('npm', ['audit', '--omit=dev', '--audit-level=high', '--json'], {
    cwd: root,
    anyCode: true,
  })
  const report = parse(lines.join('\n').replace(/^[^{]*/, ''))
  const counts = report?.metadata?.vulnerabilities
  if (counts === undefined)
    return now('audit: the registry did not answer, so known holes were not looked for')
  if (counts.high + counts.critical > 0)
    throw new Trouble('npm audit --omit=dev knows of severe holes: run it and update')
  now('audit: no severe hole is known')
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
