// npm run reset: empties the data directory (databases, secrets, keys, logs). The next start makes new ones.
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { dataOwner } from './claim-data.mjs'
import { loadDotEnv, readSettings } from './settings.mjs'
import { complain, say, Trouble } from './terminal.mjs'

/** What Keybound itself puts there. Anything else stays, should KEYBOUND_DATA point to the wrong place. */
const ours =
  /^((auth|api|web)\.db(-wal|-shm|-journal|-migrating)?|secrets\.env|running\.pid|keys|clients|log)$/

try {
  loadDotEnv()
  const { data } = readSettings()
  const owner = dataOwner(data)
  if (owner !== undefined)
    throw new Trouble(`Keybound is running on ${data} (process ${owner}). Stop it first, then reset.`)
  const found = existsSync(data) ? readdirSync(data).filter((name) => ours.test(name)) : []
  for (const name of found) rmSync(join(data, name), { recursive: true, force: true })
  say(found.length > 0 ? `Emptied ${data}` : `${data} is empty already`)
} catch (error) {
  complain(error)
  process.exit(1)
}
