import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrateDatabase } from '@keybound/prisma/migrate'
import { afterAll, beforeAll, vi } from 'vitest'

/** Migrates once for a test file; the function that it returns makes a new, empty, migrated database each time. */
export function migratedFiles(): () => Promise<string> {
  let directory = ''
  let made = 0
  vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'keybound-stores-'))
    await migrateDatabase(join(directory, 'migrated.db'))
  })
  afterAll(() => rm(directory, { recursive: true }))

  return async () => {
    const file = join(directory, `${made++}.db`)
    await copyFile(join(directory, 'migrated.db'), file)
    return file
  }
}
