// npm start: everything from a fresh clone to three running apps and one narrated walk through the flow.
// --once ends after the walk: with 0, or with 1 when a step was not as expected. --key=<kind> says where the walk keeps its key (docs/keys.md).
import { relative } from 'node:path'
import process from 'node:process'
import { stopAll, stopOnSignals } from './child-processes.mjs'
import { claimData } from './claim-data.mjs'
import { prepareData, startKeybound, walkThrough } from './keybound-processes.mjs'
import { build, install, requireNode } from './set-up.mjs'
import { loadDotEnv, readSettings, requireFreePorts } from './settings.mjs'
import { bold, complain, cyan, dim, say, step } from './terminal.mjs'

const once = process.argv.includes('--once')
const forTheWalk = process.argv.filter((word) => word.startsWith('--key='))
let up = false

stopOnSignals(
  () => (up ? 0 : 130),
  () => say(`\n  Stopping. ${dim('(Ctrl-C again to stop at once)')}`),
)

try {
  requireNode()
  loadDotEnv()
  const settings = readSettings()
  say(
    `\n  ${bold('Keybound')} ${dim('· OAuth tokens bound to a key, so that a stolen token is useless (RFC 9449)')}\n`,
  )
  await requireFreePorts(settings)
  claimData(settings.data)
  await install()
  await build()
  await step('Preparing data, secrets and demo accounts', (now) => prepareData(settings, now))
  await step('Starting auth-server, resource-api, lab and web', () =>
    startKeybound(settings, { onDeath: end }),
  )
  up = true
  // The walk signs in as alice, whom a hardened platform does not know.
  const asExpected = isHardened(settings) || (await walkThrough(settings, forTheWalk))
  if (once) {
    await stopAll()
    process.exit(asExpected ? 0 : 1)
  }
  invite(settings)
} catch (error) {
  await end(error)
}

/** @param {unknown} fault */
async function end(fault) {
  complain(fault)
  await stopAll()
  process.exit(1)
}

/** @param {import('./settings.mjs').Settings} settings */
function isHardened({ env }) {
  return env.KEYBOUND_MODE === 'hardened'
}

/** @param {import('./settings.mjs').Settings} settings */
function invite(settings) {
  const { apps, data, env } = settings
  const places = [
    [apps.web.url, 'sign in, see your profile and how the request was proved'],
    [`${apps.web.url}/playground`, 'the same flow in the browser, step by step'],
    ...(isHardened(settings)
      ? []
      : [[`${apps.web.url}/lab`, 'twenty attacks, and what each defence is for']]),
    [`${apps['auth-server'].url}/account`, 'the authorization server: your sessions, and what you allowed'],
    [`${apps['resource-api'].url}/api/profile`, 'the protected resource'],
  ]
  const width = Math.max(...places.map(([url = '']) => url.length)) + 2
  say(`\n  ${bold('Now try it yourself')}\n`)
  for (const [url = '', what] of places) say(`    ${cyan(url.padEnd(width))} ${what}`)
  say(
    isHardened(settings)
      ? `\n    Add people with ${bold('npm run user:add')} and clients with ${bold('npm run client:add')}: docs/operations.md`
      : `\n    Sign in as ${bold('alice')} or ${bold('bob')}, password ${bold(env.DEMO_PASSWORD || 'keybound-demo')}`,
  )
  say(
    dim(
      `    Logs: ${relative(process.cwd(), data) || '.'}/log · empty the data: npm run reset · stop: Ctrl-C\n`,
    ),
  )
}
