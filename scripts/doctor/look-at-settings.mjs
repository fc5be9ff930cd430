// What the environment says: mode, public URLs, stores, and who would run it.
import process from 'node:process'
import { appsOf } from '../settings.mjs'

/** @typedef {import('../doctor.mjs').Finding} Finding */
/** @typedef {import('../settings.mjs').Settings} Settings */

/** @param {Settings} settings @returns {Finding[]} */
export function lookAtSettings(settings) {
  const hardened = settings.env.KEYBOUND_MODE === 'hardened'
  return [
    ...publicUrls(settings, hardened),
    { state: 'well', says: `The mode is ${hardened ? 'hardened' : 'demo'}` },
    ...runner(hardened),
    ...stores(settings.env),
  ]
}

/** @param {Settings} settings @param {boolean} hardened @returns {Finding[]} */
function publicUrls(settings, hardened) {
  const urls = appsOf(settings)
    .filter(({ name }) => name !== 'lab')
    .map(({ name, url }) => ({ variable: url, value: settings.apps[name].url }))
  const faults = urls.flatMap(({ variable, value }) => {
    const remedy = urlFault(value, hardened)
    return remedy ? [{ state: /** @type {const} */ ('wrong'), says: `${variable} is ${value}`, remedy }] : []
  })
  if (faults.length > 0) return faults
  return [{ state: 'well', says: `Public URLs: ${urls.map(({ value }) => value).join(', ')}` }]
}

/** What to do about it, if anything. @param {string} text @param {boolean} hardened */
function urlFault(text, hardened) {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    return 'Give an absolute URL that clients can call, such as https://id.example.com'
  const { protocol, hostname, search, hash } = new URL(text)
  if (search || hash) return 'A public URL has neither query nor fragment.'
  if (protocol === 'https:') return undefined
  if (hardened) return 'Hardened mode wants https in every public URL.'
  if (hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]') return undefined
  return 'Pages of an http URL that is not localhost have no WebCrypto: put TLS in front (docs/workshop.md).'
}

/** @param {boolean} hardened @returns {Finding[]} */
function runner(hardened) {
  if (!hardened || process.getuid?.() !== 0) return []
  return [
    {
      state: 'wrong',
      says: 'This is root, and hardened mode does not run as root',
      remedy: 'Run servers and doctor as a user of their own (docs/hardened.md).',
    },
  ]
}

/** @param {NodeJS.ProcessEnv} env @returns {Finding[]} */
function stores({ DATABASE_URL: database, LEDGER_URL: ledger }) {
  const shown = database && !database.startsWith('file:') ? 'PostgreSQL' : 'SQLite'
  if (database && !/^(?:file:|postgres(?:ql)?:\/\/)/.test(database))
    return [
      {
        state: 'wrong',
        says: 'DATABASE_URL names no database that Keybound knows',
        remedy: 'file:<path> or postgresql://<user>@<host>/<database>',
      },
    ]
  if (ledger && !/^(?:rediss?:\/\/|memory:$)/.test(ledger))
    return [
      {
        state: 'wrong',
        says: 'LEDGER_URL names no ledger that Keybound knows',
        remedy: 'redis://, rediss:// or memory:; without it the ledger is a table of the database',
      },
    ]
  const place = ledger ? (ledger === 'memory:' ? 'memory' : 'Redis') : 'the same database'
  return [{ state: 'well', says: `The database is ${shown}, the ledger in ${place}` }]
}
