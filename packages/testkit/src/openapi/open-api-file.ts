import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The committed document of that name, in docs/openapi: to compare with, and to write anew. */
export function openApiFile(name: string): { read(): unknown; write(document: object): void } {
  const path = fileURLToPath(new URL(`../../../../docs/openapi/${name}.json`, import.meta.url))
  return {
    read: () => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined),
    write: (document) => writeFileSync(path, `${JSON.stringify(document, null, 2)}\n`),
  }
}
