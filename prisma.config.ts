import { resolve } from 'node:path'
import process from 'node:process'
import { defineConfig } from 'prisma/config'

const data = resolve(import.meta.dirname, process.env.KEYBOUND_DATA || '.keybound')

/**
 * For Prisma's own command line: `npx prisma studio`, `npx prisma migrate status`. It looks at the auth-server's file;
 * the others are chosen with DATABASE_URL=file://$PWD/.keybound/api.db (Studio wants the two slashes). The apps themselves do not read this file.
 */
export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL || `file://${resolve(data, 'auth.db')}` },
})
