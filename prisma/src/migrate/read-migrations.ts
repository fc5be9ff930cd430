import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Provider } from '../provider.ts'

export interface Migration {
  /** The name of its directory, `<timestamp>_<name>`; the order of the names is the order of the migrations. */
  readonly name: string
  readonly sql: string
  /** SHA-256 of the script in hexadecimal, as Prisma records it. */
  readonly checksum: string
}

/** `prisma/migrations/<provider>`, the same from the sources and from dist/. */
export function migrationsDirectory(provider: Provider): string {
  const all = import.meta.url.endsWith('.ts') ? '../../migrations' : '../migrations'
  return fileURLToPath(new URL(`${all}/${provider}`, import.meta.url))
}

export function readMigrations(provider: Provider): readonly Migration[] {
  const directory = migrationsDirectory(provider)
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(directory, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}
