import { join, resolve } from 'node:path'
import process from 'node:process'
import { root } from './scripts.ts'

/** Where a long run says how far it is: the file that `--progress` names, as seen from where npm was called, or that name in .keybound. */
export function progressFile(given: string | undefined, name: string): string {
  return given === undefined ? join(root, '.keybound', name) : resolve(process.env.INIT_CWD ?? '', given)
}
