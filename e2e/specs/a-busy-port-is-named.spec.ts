import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { platform } from '../harness/platform.ts'
import { claimData, freePorts, root } from '../harness/start-scripts.ts'

function startWith(env: Record<string, string>) {
  const data = mkdtempSync(join(tmpdir(), 'keybound-busy-'))
  return spawnSync(process.execPath, [join(root, 'scripts/start.mjs'), '--once'], {
    env: { PATH: process.env.PATH, KEYBOUND_DATA: data, ...env },
    encoding: 'utf8',
    timeout: 20_000,
  })
}

test('npm start names the busy port and the variable that moves it, and does nothing else', async () => {
  const taken = new URL(platform().issuer).port
  const { status, stderr, stdout } = startWith({ ...(await freePorts()), AUTH_PORT: taken })
  expect(status).toBe(1)
  expect(stderr).toContain(`Port ${taken}`)
  expect(stderr).toContain('AUTH_PORT=')
  expect(stdout).not.toContain('Building')
})

test('npm start refuses a port that is none, and one port for two apps', async () => {
  const ports = await freePorts()
  expect(startWith({ ...ports, WEB_PORT: 'eighty' }).stderr).toContain('WEB_PORT is "eighty"')
  const both = startWith({ ...ports, API_PORT: ports.AUTH_PORT ?? '' })
  expect(both.status).toBe(1)
  expect(both.stderr).toMatch(/API_PORT and AUTH_PORT are both/)
})

test('npm start refuses data that a running Keybound uses', async () => {
  const data = mkdtempSync(join(tmpdir(), 'keybound-busy-'))
  claimData(data)
  const { status, stderr } = startWith({ ...(await freePorts()), KEYBOUND_DATA: data })
  expect(status).toBe(1)
  expect(stderr).toContain(`Process ${process.pid} runs Keybound`)
})
