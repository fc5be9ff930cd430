import { resolve } from 'node:path'
import process from 'node:process'
import { defineConfig } from 'prisma/config'

const data = resolve(import.meta.dirname, process.env.KEYBOUND_DATA || '.keybound')
const url = process.env.DATABASE_URL || `file://${resolve(data, 'auth.db')}`
const provider = url.startsWith('file:') ? 'sqlite' : 'postgresql'

/**
 * For Prisma's own command line: `npx prisma studio`, `npx prisma migrate deploy`. It looks at the database of DATABASE_URL, else at the
 * auth-server's file; the others are chosen with DATABASE_URL=file://$PWD/.keybound/api.db (Studio wants the two slashes). The apps
 * themselves do not read this file.
 */
export default defineConfig({
  schema: `prisma/schema/${provider}`,
  migrations: { path: `prisma/migrations/${provider}` },
  datasource: { url },
})
