import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aliceSub } from '../test/open-api.ts'
import { type Dependencies, openDependencies } from './dependencies.ts'
import { readEnv } from './env.ts'
import { parseNewProfile } from './profile/parse-patch.ts'

const prepare = fileURLToPath(new URL('../../../prisma/prepare.ts', import.meta.url))
let data = ''
let environment: Record<string, string | undefined>
let dependencies: Dependencies

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'keybound-api-'))
  environment = { PATH: process.env.PATH, KEYBOUND_DATA: data, LOG_LEVEL: 'silent' }
  await promisify(execFile)(process.execPath, ['--import', 'tsx', prepare], {
    env: { ...environment, NODE_ENV: 'test' },
  })
  dependencies = await openDependencies(readEnv({ ...environment, NODE_ENV: 'test' }))
}, 180_000)

afterAll(async () => {
  await dependencies?.close()
  await rm(data, { recursive: true, force: true })
})

test("the prepared database holds alice's profile and takes a change of it", async () => {
  const { profiles } = dependencies
  const before = await profiles.find(aliceSub)
  expect(before).toMatchObject({ sub: aliceSub, locale: expect.any(String) })
  const changed = await profiles.change(aliceSub, { locale: 'fr' }, 1_767_225_600.5)
  expect(changed).toEqual({ ...before, locale: 'fr', updated_at: 1_767_225_600.5 })
  expect(await profiles.find(aliceSub)).toEqual(changed)
  expect(await profiles.find('mallory')).toBeUndefined()
  expect(await profiles.change('mallory', { name: 'M' }, 1)).toBeUndefined()
})

test('is ready, and sweeps without complaint', async () => {
  await dependencies.ping()
  await dependencies.sweep()
})

test('profile:add takes what user:add prints, once, beside a running API', async () => {
  const carol = { sub: 'c', username: 'carol', name: 'Carol Clark', email: 'carol@example.com', locale: 'en' }
  const file = fileURLToPath(new URL('./admin/profile-add.ts', import.meta.url))
  const env = { ...environment, NODE_ENV: 'test' } as NodeJS.ProcessEnv
  const input = JSON.stringify(carol)
  const added = spawnSync(process.execPath, ['--import', 'tsx', file], { env, input, encoding: 'utf8' })
  expect(added.stderr).toBe('')
  const { username: _, ...profile } = carol
  expect(JSON.parse(added.stdout)).toEqual({ ...profile, updated_at: expect.any(Number) })
  expect(await dependencies.profiles.find('c')).toEqual(JSON.parse(added.stdout))
  const again = dependencies.addProfile(parseNewProfile(input, 1))
  await expect(again).rejects.toThrow('c has a profile already')
  expect(() => parseNewProfile(JSON.stringify({ ...carol, email: 'nowhere' }), 1)).toThrow('email')
}, 180_000)
