import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeWith } from '@keybound/testkit/describe-with'
import { startPostgres } from '@keybound/testkit/servers'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Provider } from '../provider.ts'
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
async function difference(models = readModels('sqlite')): Promise<string | undefined> {
  const file = join(directory, `${copies++}.db`)
  await copyFile(join(directory, 'migrated.db'), file)
  return differenceFromModels(file, models)
}

test('models and migrations agree: a migrated database is what the models describe', async () => {
  expect(await difference()).toBeUndefined()
})

const changes = [
  ['locale       String', 'locale       String\n  phone String?'],
  ['locale       String', 'locale       Int'],
  ['@@map("users")', '@@index([email])\n  @@map("users")'],
  ['model Consent {', 'model Extra {\n  id Int @id\n}\nmodel Consent {'],
] as const

function changedModels(provider: Provider, [from, to]: (typeof changes)[number]) {
  return readModels(provider).map((model) => ({ ...model, content: model.content.replace(from, to) }))
}

test('a column, a type or an index that only the models have is noticed', async () => {
  for (const change of changes) {
    expect(await difference(changedModels('sqlite', change))).toMatch(/CREATE|ALTER/)
  }
})

describeWith(['PostgreSQL'], 'on PostgreSQL', () => {
  test('models and migrations agree too, and what only the models have is noticed', async () => {
    const postgres = await startPostgres({ fsync: 'off' })
    try {
      await migrateDatabase(postgres.url())
      expect(await differenceFromModels(postgres.url())).toBeUndefined()
      for (const change of changes) {
        const models = changedModels('postgresql', change)
        expect(await differenceFromModels(postgres.url(), models)).toMatch(/CREATE|ALTER/)
      }
    } finally {
      await postgres.stop()
    }
  })
})
