// One platform per data directory: each app is the only writer of its own database file.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { Trouble } from './terminal.mjs'

/** @param {string} data */
function pidFile(data) {
  return join(data, 'running.pid')
}

/** The process that uses this data directory now, if any. @param {string} data */
export function dataOwner(data) {
  try {
    const pid = Number(readFileSync(pidFile(data), 'utf8'))
    process.kill(pid, 0)
    return pid
  } catch {
    return undefined
  }
}

/** Held until this process ends. @param {string} data */
export function claimData(data) {
  const owner = dataOwner(data)
  if (owner !== undefined && owner !== process.pid) {
    throw new Trouble(
      `Process ${owner} runs Keybound on ${data} already. Stop it first, or use other data: KEYBOUND_DATA=/some/where\n` +
        `(Should ${owner} be something else entirely, delete ${pidFile(data)}.)`,
    )
  }
  mkdirSync(data, { recursive: true, mode: 0o700 })
  writeFileSync(pidFile(data), String(process.pid), { mode: 0o600 })
  process.on('exit', () => {
    if (dataOwner(data) === process.pid) rmSync(pidFile(data), { force: true })
  })
}
