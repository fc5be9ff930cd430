import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { differenceFromModels } from './difference-from-models.ts'
import { migrateDatabase } from './migrate-database.ts'
import { readModels } from './read-models.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let directory = ''
let copies = 0
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'keybound-models-'))
  await migrateDatabase(join(directory, 'migrated.db'))
})
afterAll(() => rm(directory, { recursive: true }))

/** A file of its own for each comparison: the engine locks what it has looked at. */
async function difference(models = readModels()): Promise<string | undefined> {
  const file = join(directory, `${copies++}.db`)
  await copyFile(join(directory, 'migrated.db'), file)
  return differenceFromModels(file, models)
}

test('models and migrations agree: a migrated database is what the models describe', async () => {
  expect(await difference()).toBeUndefined()
})

test('a column, a type or an index that only the models have is noticed', async () => {
  for (const [from, to] of [
    ['locale       String', 'locale       String\n  phone String?'],
    ['locale       String', 'locale       Int'],
    ['@@map("users")', '@@index([email])\n  @@map("users")'],
    ['model Consent {', 'model Extra {\n  id Int @id\n}\nmodel Consent {'],
  ] as const) {
    const models = readModels().map((model) => ({ ...model, content: model.content.replace(from, to) }))
    expect(await difference(models)).toMatch(/CREATE|ALTER/)
  }
})
