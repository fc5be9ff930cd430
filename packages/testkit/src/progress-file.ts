import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** What a long run has written so far, or `fresh` where there is nothing, or something of another `seed`. */
export function readProgress<Progress extends { readonly seed: number }>(
  file: string,
  fresh: Progress,
): Progress {
  if (!existsSync(file)) return fresh
  const found = JSON.parse(readFileSync(file, 'utf8')) as Progress
  return found.seed === fresh.seed ? found : fresh
}

/** The file is replaced whole, so that a run can be stopped and taken up again at any time. */
export function writeProgress(file: string, progress: object): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, JSON.stringify(progress))
  renameSync(`${file}.new`, file)
}
