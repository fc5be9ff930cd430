import process from 'node:process'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { say, Trouble } from './scripts.ts'

/**
 * What the command line says. `--help` prints `usage` and ends the process. Throws Trouble, with the usage, where an option is unknown, or has a value
 * where it wants none or none where it wants one.
 */
export function readOptions<Options extends NonNullable<ParseArgsConfig['options']>>(
  usage: string,
  options: Options,
) {
  const args = process.argv.slice(2)
  if (args.includes('--help') || args.includes('-h')) {
    say(usage)
    process.exit(0)
  }
  try {
    return parseArgs<{ options: Options }>({ options }).values
  } catch (error) {
    throw new Trouble(`${(error as Error).message}\n\n${usage}`)
  }
}
