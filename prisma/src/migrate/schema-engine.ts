import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg'
import { adapterFor } from '../adapter-for.ts'

/**
 * Prisma's own schema engine as WebAssembly: the same migrations and the same bookkeeping as `prisma migrate deploy`, with
 * nothing to download. Instantiated by hand, because Node 20 imports no .wasm file without a flag.
 *
 * The engine keeps an SQLite file locked until its process ends, so use it in a process of its own.
 */
export async function openSchemaEngine(database: string): Promise<engine.SchemaEngine> {
  instantiate()
  const adapter = bindMigrationAwareSqlAdapterFactory(adapterFor(database))
  return engine.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter)
}

let instantiated = false

function instantiate(): void {
  if (instantiated) return
  instantiated = true
  const glue = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const module = new WebAssembly.Module(readFileSync(join(dirname(glue), 'schema_engine_bg.wasm')))
  const { exports } = new WebAssembly.Instance(module, { './schema_engine_bg.js': { ...engine } })
  engine.__wbg_set_wasm(exports)
  const start = exports.__wbindgen_start
  if (typeof start === 'function') start()
}
