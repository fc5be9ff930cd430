// npm run dev: the three apps in watch mode, each with the dev script of its package.json, on the ports of npm start.
import process from 'node:process'
import { run, stopAll, stopOnSignals } from './child-processes.mjs'
import { claimData } from './claim-data.mjs'
import { prepareData } from './keybound-processes.mjs'
import { install, requireNode, turbo, turboEnv } from './set-up.mjs'
import { loadDotEnv, readSettings, requireFreePorts, root } from './settings.mjs'
import { complain, step } from './terminal.mjs'

stopOnSignals(() => 0)

try {
  requireNode()
  loadDotEnv()
  const settings = readSettings()
  await requireFreePorts(settings)
  claimData(settings.data)
  await install()
  await step('Generating the Prisma client', (now) => turbo(['generate'], {}, now))
  await step('Preparing data, secrets and demo accounts', (now) =>
    prepareData(settings, now, { source: true }),
  )
  const env = { ...settings.env, ...turboEnv, NODE_ENV: 'development', NEXT_DIST_DIR: '.next-dev' }
  await run('node_modules/.bin/turbo', ['run', 'dev', '--ui=stream', '--env-mode=loose'], {
    cwd: root,
    env,
    show: true,
  })
} catch (error) {
  complain(error)
  await stopAll()
  process.exit(1)
}
