import { providerOf } from '../provider.ts'
import { migrationsDirectory } from './read-migrations.ts'
import { readModels } from './read-models.ts'
import { openSchemaEngine } from './schema-engine.ts'

/**
 * The SQL that would make the migrated database what the models describe, or undefined where it is.
 * Does not check: what Prisma cannot say in its models, such as WITHOUT ROWID.
 */
export async function differenceFromModels(
  database: string,
  models = readModels(providerOf(database)),
): Promise<string | undefined> {
  const engine = await openSchemaEngine(database)
  const { stdout, exitCode } = await engine.diff({
    from: { tag: 'schemaDatasource', files: models, configDir: migrationsDirectory(providerOf(database)) },
    to: { tag: 'schemaDatamodel', files: models },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  })
  return exitCode === 0 ? undefined : (stdout ?? '')
}
