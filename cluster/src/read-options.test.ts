import { readFileSync } from 'node:fs'
import process from 'node:process'
import { afterEach, expect, test, vi } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import { numberIn } from './number-in.ts'
import { readOptions } from './read-options.ts'

const options = {
  times: { type: 'string', default: '5' },
  built: { type: 'boolean', default: false },
} as const
const given = process.argv
afterEach(() => {
  process.argv = given
})

function read(...args: readonly string[]) {
  process.argv = [...given.slice(0, 2), ...args]
  return readOptions('the usage', options)
}

test('an option is what was said, or its default', () => {
  expect(read('--times', '7')).toEqual({ times: '7', built: false })
  expect(read('--built')).toEqual({ times: '5', built: true })
})

test('what a command does not know is refused with its usage', () => {
  for (const args of [['--tims', '7'], ['--times'], ['--built=yes'], ['more']])
    expect(() => read(...args), `${args}`).toThrow(/[\s\S]+\n\nthe usage$/)
})

test('a number is refused where it is none, or out of bounds', () => {
  expect([numberIn('1e4', 'seeds'), numberIn('0', 'seed', { least: 0 })]).toEqual([10_000, 0])
  for (const text of ['', 'x', '0', '-1', 'NaN', '17'])
    expect(() => numberIn(text, 'replicas', { most: 16 })).toThrow(
      `--replicas is a number, from 1 to 16, and not ${text}`,
    )
})

test('--help prints the usage and does nothing more', () => {
  const print = vi.spyOn(console, 'log').mockImplementation(() => {})
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => {
    throw new Error('ended')
  })
  try {
    expect(() => read('--times', '7', '--help')).toThrow('ended')
    expect(print.mock.calls).toEqual([['the usage']])
    expect(exit).toHaveBeenCalledWith(0)
  } finally {
    print.mockRestore()
    exit.mockRestore()
  }
})

const commands = Object.entries(manifest.scripts).flatMap(([name, script]) => {
  const [, file] = /^tsx (src\/.+)$/.exec(script) ?? []
  return file === undefined ? [] : [[name, file] as const]
})

test.each(commands)('npm run %s -- --help names every option that it has', (name, file) => {
  const source = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
  const usage = /^const usage = `([\s\S]*?)`$/m.exec(source)?.[1] ?? ''
  expect(usage).toMatch(new RegExp(`^npm run ${name} `))
  const names = [...source.matchAll(/^ {4}'?([\w-]+)'?: \{ type: '/gm)].map(([, option]) => option)
  const described = [...usage.matchAll(/^ {2}--([\w-]+)/gm)].map(([, option]) => option)
  expect(names).not.toEqual([])
  expect(described.sort()).toEqual(names.sort())
})
