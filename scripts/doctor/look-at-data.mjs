// The data directory: whether it is there, and whether anybody else can read what is in it.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

/** @typedef {import('../doctor.mjs').Finding} Finding */

/** @param {string} data @returns {Finding[]} */
export function lookAtData(data) {
  try {
    if (!statSync(data).isDirectory())
      return [{ state: 'wrong', says: 'It is no directory', remedy: 'Set KEYBOUND_DATA to another place.' }]
    return [modes(data, open(data)), ...expected(data)]
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error)
    if (code === 'ENOENT')
      return [{ state: 'note', says: 'There is none yet', remedy: 'npm start prepares it.' }]
    return [
      {
        state: 'wrong',
        says: `This user cannot read it (${code})`,
        remedy: 'Ask as the user who runs the servers, who owns it.',
      },
    ]
  }
}

/** @param {string} data @param {readonly string[]} readable @returns {Finding} */
function modes(data, readable) {
  if (readable.length === 0) return { state: 'well', says: 'Readable by its owner alone' }
  const some = readable.slice(0, 5).map((path) => relative(data, path) || '.')
  const more = readable.length > 5 ? ` and ${readable.length - 5} more` : ''
  return {
    state: 'wrong',
    says: `Others can read ${some.join(', ')}${more}`,
    remedy: `chmod -R go= ${data}`,
  }
}

/** @param {string} data @returns {Finding[]} */
function expected(data) {
  const files = ['secrets.env', 'auth.db', 'api.db', 'web.db']
  const missing = files.filter((name) => !existsSync(join(data, name)))
  if (missing.length === 0) return [{ state: 'well', says: 'Secrets and databases are there' }]
  return [
    {
      state: 'note',
      says: `${missing.join(', ')} not there`,
      remedy:
        'Right where secrets come from the environment and DATABASE_URL names another database; else: npm start',
    },
  ]
}

/** What group or others have any right to. @param {string} path @returns {string[]} */
function open(path) {
  const { mode } = statSync(path)
  const found = (mode & 0o077) === 0 ? [] : [path]
  const inside = (mode & 0o170000) === 0o040000 ? readdirSync(path) : []
  return [...found, ...inside.flatMap((name) => open(join(path, name)))]
}
