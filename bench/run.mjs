// npm run bench [-- --quick] [-- --json FILE] [NAME…]: bundles the benchmarks, builds the small Next.js app where it is needed, and runs them.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const args = process.argv.slice(2)
const names = args.filter((arg, i) => !arg.startsWith('--') && args[i - 1] !== '--json')

run(process.execPath, ['build.mjs'])
if (names.length === 0 || names.includes('protected-route')) {
  run('npx', ['next', 'build', 'next-app'], { NEXT_TELEMETRY_DISABLED: '1' })
}
run(process.execPath, ['dist/main.js', ...args])

function run(command, commandArgs, env = {}) {
  const { status } = spawnSync(command, commandArgs, {
    cwd: here,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  if (status !== 0) process.exit(status ?? 1)
}
