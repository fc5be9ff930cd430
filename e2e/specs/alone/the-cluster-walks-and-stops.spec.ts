import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findServer, missingServers } from '@keybound/testkit/servers'
import { expect, test } from '@playwright/test'
import { root, start } from '../../harness/start-scripts.ts'

const missing = missingServers(['PostgreSQL', 'nginx'])
const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')
const run = (...args: string[]) => [tsx, 'src/topology/run-cluster.ts', '--built', ...args]
const cwd = join(root, 'cluster')

test.describe.configure({ timeout: 300_000 })

test('npm run cluster walks through nginx, where forged headers change nothing, and Ctrl-C leaves nothing behind (P-072)', async () => {
  test.skip(missing.length > 0, missing.join('; '))
  if (missing.length > 0) console.log(`skipped: the cluster walks and stops (${missing.join('; ')})`)
  const child = start(process.execPath, run('--replicas', '1', '--ledger', 'postgres', '--front', 'prefix'), {
    cwd,
    env: { ...process.env, NEXT_DIST_DIR: '.next-test' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  let printed = ''
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        printed += text
        if (printed.includes('Ctrl-C stops it')) resolve()
      })
  })
  await Promise.race([ready, ended])
  expect(printed).toContain('Done: every step was as expected')
  expect(printed).toContain('forged Host, Forwarded and X-Forwarded-* through nginx change nothing')

  const [, url = ''] = /auth-server +(\S+)/.exec(printed) ?? []
  const [, logs = ''] = /logs +(\S+)/.exec(printed) ?? []
  expect(existsSync(logs)).toBe(true)
  // As a terminal does it: everything in the foreground is told.
  process.kill(-(child.pid ?? 0), 'SIGINT')
  expect(await ended).toEqual([130, null])
  expect(existsSync(logs)).toBe(false)
  await expect(fetch(url)).rejects.toThrow()
})

test('npm run cluster names a program that is missing, and how to install it', async () => {
  const elsewhere = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin']
  const found = findServer('Redis')
  test.skip(
    elsewhere.some((folder) => found?.startsWith(`${folder}/`)),
    'Redis is found without the PATH',
  )
  const { status, stderr, stdout } = spawnSync(process.execPath, run('--walk'), {
    cwd,
    env: { PATH: '/nowhere' },
    encoding: 'utf8',
  })
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).toContain(
    'Redis is not installed (no redis-server or valkey-server). Debian, Ubuntu: apt-get',
  )
  expect(stderr).not.toMatch(/^\s+at /m)
})
