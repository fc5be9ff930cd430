// npm run reset: empties the data directory (databases, secrets, keys, logs). The next start makes new ones.
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { loadDotEnv, readSettings, requireFreePorts } from './settings.mjs'
import { complain, say, Trouble } from './terminal.mjs'

/** What Keybound itself puts there. Anything else stays, should KEYBOUND_DATA point to the wrong place. */
const ours = /^((auth|api|web)\.db(-wal|-shm|-journal)?|secrets\.env|keys|clients|log)$/

try {
  loadDotEnv()
  const settings = readSettings()
  await requireFreePorts(settings).catch(() => {
    throw new Trouble('Keybound seems to be running on its ports. Stop it first (Ctrl-C), then reset.')
  })
  const found = existsSync(settings.data) ? readdirSync(settings.data).filter((name) => ours.test(name)) : []
  for (const name of found) rmSync(join(settings.data, name), { recursive: true, force: true })
  say(found.length > 0 ? `Emptied ${settings.data}` : `${settings.data} is empty already`)
} catch (error) {
  complain(error)
  process.exit(1)
}
