// npm run e2e [-- Playwright's arguments]: the whole platform on free ports, in a real browser.
import process from 'node:process'
import { stopOnSignals } from './child-processes.mjs'
import { playwright } from './playwright.mjs'
import { complain } from './terminal.mjs'

stopOnSignals(() => 130)
try {
  process.exit(await playwright('e2e', process.argv.slice(2)))
} catch (error) {
  complain(error)
  process.exit(1)
}
