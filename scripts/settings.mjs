// The demo's fixed points (ports, public URLs, data directory), read from the environment and from .env.
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { Trouble } from './terminal.mjs'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** In the order in which they are started. `port` and `url` are the variables that move them. */
export const apps = /** @type {const} */ ([
  { name: 'auth-server', port: 'AUTH_PORT', url: 'ISSUER_URL', metrics: 'AUTH_METRICS_PORT', usual: 4000 },
  { name: 'resource-api', port: 'API_PORT', url: 'API_URL', metrics: 'API_METRICS_PORT', usual: 4001 },
  { name: 'lab', port: 'LAB_PORT', url: 'LAB_URL', metrics: 'LAB_METRICS_PORT', usual: 4002 },
  { name: 'web', port: 'WEB_PORT', url: 'WEB_URL', usual: 3000 },
])

/**
 * @typedef {object} Settings
 * @property {string} host
 * @property {string} data
 * @property {Record<'auth-server' | 'resource-api' | 'lab' | 'web', { port: number, url: string, local: string }>} apps
 * @property {NodeJS.ProcessEnv} env what the apps, the preparation and the walk-through are started with
 * @property {{ uid: number, gid: number }} [user] who runs the apps and the preparation, where it is somebody else
 */

/**
 * Those that run: the attack lab in demo mode alone.
 * @param {Settings} settings
 */
export function appsOf(settings) {
  return apps.filter(({ name }) => name !== 'lab' || settings.env.KEYBOUND_MODE !== 'hardened')
}

/** Values of .env count where the environment says nothing. */
export function loadDotEnv() {
  const file = join(root, '.env')
  if (existsSync(file)) process.loadEnvFile(file)
}

/** @param {NodeJS.ProcessEnv} given @returns {Settings} */
export function readSettings(given = process.env) {
  const host = given.HOST || '127.0.0.1'
  const data = resolve(root, given.KEYBOUND_DATA || '.keybound')
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...given, HOST: host, KEYBOUND_DATA: data, NEXT_TELEMETRY_DISABLED: '1' }
  /** @type {any} */
  const places = {}
  for (const app of apps) {
    const port = readPort(app.port, given[app.port] || String(app.usual))
    const url = (given[app.url] || `http://localhost:${port}`).replace(/\/+$/, '')
    env[app.port] = String(port)
    env[app.url] = url
    // The figures of the demo's usual ports have usual ports of their own; elsewhere a free one will do.
    if ('metrics' in app && port === app.usual) env[app.metrics] ??= String(app.usual + 100)
    places[app.name] = { port, url, local: `http://${reachable(host)}:${port}` }
  }
  return { host, data, apps: places, env }
}

/** @param {string} variable @param {string} text */
function readPort(variable, text) {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port
  throw new Trouble(`${variable} is "${text}", which is not a port. Give a number from 1 to 65535.`)
}

/** @param {string} host */
function reachable(host) {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}

/**
 * Says which variable to change when somebody else has the port already.
 * @param {Settings} settings
 */
export async function requireFreePorts(settings) {
  const seen = new Map()
  for (const app of apps) {
    const { port } = settings.apps[app.name]
    if (seen.has(port))
      throw new Trouble(`${app.port} and ${seen.get(port)} are both ${port}. Give each app its own port.`)
    seen.set(port, app.port)
    // A name such as localhost may mean ::1 first, where another program may sit unseen by 127.0.0.1.
    const hosts = settings.host === '127.0.0.1' ? ['127.0.0.1', '::1'] : [settings.host]
    for (const host of hosts) {
      if (await isFree(host, port)) continue
      throw new Trouble(
        `Port ${port}, where ${app.name} would listen, is already in use on ${host}.\n` +
          `Stop the program that has it, or choose another port: ${app.port}=${port + 1000} npm start`,
      )
    }
  }
}

/** @param {string} host @param {number} port @returns {Promise<boolean>} */
export function isFree(host, port) {
  return new Promise((done) => {
    const probe = createServer()
    probe.once('error', (/** @type {NodeJS.ErrnoException} */ error) =>
      done(error.code !== 'EADDRINUSE' && error.code !== 'EACCES'),
    )
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => done(true)))
  })
}

/** Ports that nobody uses at the moment, for the apps and for the figures of each server. @returns {Promise<Record<string, string>>} */
export async function freePorts() {
  const variables = apps.flatMap((app) => ('metrics' in app ? [app.port, app.metrics] : [app.port]))
  const probes = await Promise.all(
    variables.map(
      () =>
        /** @type {Promise<import('node:net').Server>} */ (
          new Promise((done) => {
            const probe = createServer()
            probe.listen({ host: '127.0.0.1', port: 0 }, () => done(probe))
          })
        ),
    ),
  )
  const ports = probes.map((probe) => /** @type {import('node:net').AddressInfo} */ (probe.address()).port)
  await Promise.all(probes.map((probe) => new Promise((done) => probe.close(done))))
  return Object.fromEntries(variables.map((variable, index) => [variable, String(ports[index])]))
}
