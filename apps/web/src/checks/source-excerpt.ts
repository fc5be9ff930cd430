import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { env } from '../env.ts'

export interface SourceExcerpt {
  readonly code: string
  /** Of the first line of the excerpt, and of the line to point at; from 1. */
  readonly firstLine: number
  readonly line: number
}

/** Some lines around the one that the text occurs in. Undefined where the app runs without its repository. */
export async function sourceExcerpt(file: string, text: string): Promise<SourceExcerpt | undefined> {
  try {
    return excerptOf(await readFile(join(env().sources, file), 'utf8'), text)
  } catch {
    return undefined
  }
}

function excerptOf(source: string, text: string): SourceExcerpt | undefined {
  const lines = source.split('\n')
  const at = lines.findIndex((line) => line.includes(text))
  if (at < 0) return undefined
  const first = Math.max(0, at - 6)
  return { code: lines.slice(first, at + 7).join('\n'), firstLine: first + 1, line: at + 1 }
}
