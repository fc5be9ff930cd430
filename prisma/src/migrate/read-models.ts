import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Provider } from '../provider.ts'

/** The files of `prisma/schema/<provider>`, its models included, as the schema engine takes them. */
export function readModels(provider: Provider): { path: string; content: string }[] {
  const directory = fileURLToPath(new URL(`../../schema/${provider}`, import.meta.url))
  return [directory, join(directory, 'models')].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.prisma'))
      .sort()
      .map((name) => ({ path: join(folder, name), content: readFileSync(join(folder, name), 'utf8') })),
  )
}
