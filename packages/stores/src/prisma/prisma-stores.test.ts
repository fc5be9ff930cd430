import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrateDatabase } from '@keybound/prisma/migrate'
import { storesContract } from '@keybound/testkit/contracts'
import { afterAll, beforeAll } from 'vitest'
import { openDatabase } from './open-database.ts'
import { prismaStores } from './prisma-stores.ts'

let directory = ''
let opened = 0

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'keybound-stores-'))
  await migrateDatabase(join(directory, 'empty.db'))
})

afterAll(() => rm(directory, { recursive: true }))

storesContract('SQLite', async () => {
  const file = join(directory, `${opened++}.db`)
  await copyFile(join(directory, 'empty.db'), file)
  const db = await openDatabase({ url: `file:${file}` })
  return { ...prismaStores(db), close: () => db.close() }
})
