import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** The version of an npm package as it is installed; `workspace` for one that has a version of its own there. */
export function versionOf(name: string, workspace = 'interop'): string {
  const places = [join(root, workspace), root].map((folder) =>
    join(folder, 'node_modules', name, 'package.json'),
  )
  const file = places.find((place) => existsSync(place))
  if (!file) throw new Error(`${name} is not installed`)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
