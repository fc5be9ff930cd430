import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Prepares an SQLite file or a PostgreSQL database, in a process of its own: the engine keeps a file locked until its process ends. */
export function migrated(database: string): void {
  const migrate = new URL('../../prisma/migrate.ts', import.meta.url).pathname
  execFileSync(process.execPath, ['--import', 'tsx', migrate], { cwd: dirname(migrate), input: database })
}

export function migratedFile(file: string): string {
  writeFileSync(file, '', { mode: 0o600 })
  migrated(file)
  return file
}
