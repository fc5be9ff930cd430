import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { env } from '../env.ts'

/** A source or test file of the repository; no dot file, nothing that was generated, nothing above. */
const path =
  /^(?:(?:apps|packages)\/[\w-]+\/(?:src|test)|(?:bench|cluster|spec)\/src|e2e\/(?:harness|specs)|prisma)(?:\/(?!generated\/)[\w[][\w.[\]-]*)+\.(?:ts|tsx|prisma)$/

/** The page of a source file, at a line where one is given; undefined for a file that this site does not show. */
export function sourceHref(file: string, line?: number): string | undefined {
  if (!path.test(file)) return undefined
  const encoded = file.split('/').map(encodeURIComponent).join('/')
  return `/source/${encoded}${line === undefined ? '' : `#L${line}`}`
}

/** The text of a source file; undefined where it is none, or where the app runs without its repository. */
export async function readSource(file: string): Promise<string | undefined> {
  if (!path.test(file)) return undefined
  try {
    return await readFile(join(env().sources, file), 'utf8')
  } catch {
    return undefined
  }
}

/** The number of the first line in which the text stands, from 1. */
export async function lineOf(file: string, text: string): Promise<number | undefined> {
  const lines = (await readSource(file))?.split('\n') ?? []
  const at = lines.findIndex((line) => line.includes(text))
  return at < 0 ? undefined : at + 1
}
