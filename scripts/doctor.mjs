// npm run doctor: what keeps Keybound from working here, and what to do about it. Changes nothing. Ends with 1 where something is wrong.
import { existsSync } from 'node:fs'
import process from 'node:process'
import { askApps } from './doctor/ask-apps.mjs'
import { lookAtData } from './doctor/look-at-data.mjs'
import { lookAtMachine } from './doctor/look-at-machine.mjs'
import { lookAtSettings } from './doctor/look-at-settings.mjs'
import { loadDotEnv, readSettings } from './settings.mjs'
import { bold, complain, cyan, dim, green, red, say } from './terminal.mjs'

/**
 * What was looked at: `well`, `note` (works, but mind it) or `wrong`, and what to do about it.
 * @typedef {{ state: 'well' | 'note' | 'wrong', says: string, remedy?: string }} Finding
 */

const marks = { well: green('✓'), note: cyan('i'), wrong: red('✗') }

/** @param {string} title @param {readonly Finding[]} findings */
function show(title, findings) {
  say(`\n  ${bold(title)}`)
  for (const { state, says, remedy } of findings) {
    say(`    ${marks[state]} ${says}`)
    if (remedy) for (const line of remedy.split('\n')) say(`      ${dim(line)}`)
  }
}

try {
  loadDotEnv()
  const settings = readSettings()
  const machine = await lookAtMachine(settings)
  show('This machine', machine)
  const given = lookAtSettings(settings)
  show('Settings', given)
  const data = lookAtData(settings.data)
  show(`Data in ${settings.data}`, data)
  const askable = existsSync(settings.data) && given.every(({ state }) => state !== 'wrong')
  const apps = askable ? await askApps(settings) : []
  if (apps.length > 0) show('The apps', apps)
  const wrong = [...machine, ...given, ...data, ...apps].filter(({ state }) => state === 'wrong').length
  say(wrong === 0 ? `\n  ${green('Nothing is wrong.')}\n` : `\n  ${red(`${wrong} to mend.`)}\n`)
  process.exitCode = wrong === 0 ? 0 : 1
} catch (error) {
  complain(error)
  process.exitCode = 1
}
