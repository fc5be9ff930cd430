import { chmodSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import process from 'node:process'

/** Makes the directory if need be; nobody else may look into it (0700). */
export function makePrivateDirectory(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  chmodSync(directory, 0o700)
}

/** Writes the whole file or nothing, readable by this user alone (0600). */
export function writePrivateFile(file: string, text: string): void {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, text, { mode: 0o600 })
  renameSync(draft, file)
}
