import { dirname } from 'node:path'
import { readModels } from './read-models.ts'
import { openSchemaEngine } from './schema-engine.ts'

/**
 * The SQL that would make the migrated database what the models describe, or undefined where it is.
 * Does not check: what Prisma cannot say in its models, such as WITHOUT ROWID.
 */
export async function differenceFromModels(file: string, models = readModels()): Promise<string | undefined> {
  const engine = await openSchemaEngine(file)
  const { stdout, exitCode } = await engine.diff({
    from: { tag: 'schemaDatasource', files: models, configDir: dirname(file) },
    to: { tag: 'schemaDatamodel', files: models },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  })
  return exitCode === 0 ? undefined : (stdout ?? '')
}
