import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readEnv } from './env.ts'

test('the lab does not start in hardened mode', () => {
  expect(() => readEnv({ KEYBOUND_MODE: 'hardened' })).toThrow('KEYBOUND_MODE is not demo')
})

test('nor does its process (OPS-18)', { timeout: 120_000 }, async () => {
  const main = fileURLToPath(new URL('main.ts', import.meta.url))
  const env = { ...process.env, KEYBOUND_MODE: 'hardened', LAB_PORT: '0' }
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', main], { cwd, env })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += part))
  const [code] = await once(child, 'exit')
  expect(code).toBe(1)
  expect(said).toContain('the attack lab does not start outside demo mode')
})

test('its places are settings', () => {
  expect(readEnv({})).toMatchObject({
    port: 4002,
    labUrl: 'http://localhost:4002',
    webOrigin: 'http://localhost:3000',
  })
  expect(readEnv({ LAB_PORT: '5002', WEB_URL: 'http://w.example/' })).toMatchObject({
    labUrl: 'http://localhost:5002',
    webOrigin: 'http://w.example',
  })
})
