// npm run generate: makes the Prisma clients from schema/. It needs no schema engine and no network, but Prisma looks for
// an engine all the same and would download one: any executable in its place keeps it from that.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const prisma = createRequire(import.meta.url).resolve('prisma/build/index.js')
const providers = ['sqlite', 'postgresql']

for (const provider of providers) {
  const schema = join(root, 'prisma/schema', provider)
  const { status } = spawnSync(process.execPath, [prisma, 'generate', '--no-hints', '--schema', schema], {
    cwd: root,
    stdio: 'inherit',
    env: {
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY || process.execPath,
    },
  })
  if (status !== 0) process.exit(status ?? 1)
}

// The migrations that a build was made for, so that an app can tell an older or newer database from its own.
const known = Object.fromEntries(providers.map((provider) => [provider, migrationsOf(provider)]))
writeFileSync(
  join(root, 'prisma/generated/migrations.ts'),
  `/** Made by \`npm run generate\`. */\nexport const migrations = ${JSON.stringify(known, null, 2)} as const\n`,
)

/** @param {string} provider */
function migrationsOf(provider) {
  const directory = join(root, 'prisma/migrations', provider)
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const sql = readFileSync(join(directory, name, 'migration.sql'))
      return { name, checksum: createHash('sha256').update(sql).digest('hex') }
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
