import { describe, expect, test } from 'vitest'
import { environmentFaults, lengthFaults, longFiles, nameFaults } from '../src/house/files.ts'
import { files, isProgram } from '../src/source-files.ts'

const all = files()
const code = all.filter(({ path }) => /\.(ts|tsx|mts|mjs)$/.test(path))

test('no file or folder has a name that says nothing', () => {
  expect(all.flatMap(({ path }) => nameFaults(path))).toEqual([])
})

test('only env.ts reads the environment', () => {
  const program = code.filter(({ path }) => isProgram(path) && /^(apps|packages)\//.test(path))
  expect(program.flatMap(({ path, read }) => environmentFaults(path, read()))).toEqual([])
})

test('no file is longer than a reader likes, save for a written reason', () => {
  expect(code.flatMap(({ path, read }) => lengthFaults(path, read()))).toEqual([])
  for (const [path, reason] of Object.entries(longFiles)) {
    expect(all.map((file) => file.path)).toContain(path)
    expect(reason).toMatch(/\S.{15,}/)
  }
})

describe('the checkers', () => {
  test('refuse names that say nothing, of files and of folders', () => {
    for (const path of [
      'a/utils/x.ts',
      'a/utils.ts',
      'a/helpers.test.ts',
      'src/lib/x.ts',
      'types.d.ts',
      'a/services/b.ts',
    ])
      expect(nameFaults(path), path).toHaveLength(1)
    for (const path of ['a/token-types.ts', 'library.ts', 'a/check-proof.ts'])
      expect(nameFaults(path), path).toEqual([])
  })

  test('refuse a read of the environment anywhere but in env.ts', () => {
    for (const source of ['process.env.X', 'process.env', "process['env']", 'const { env } = process.env'])
      expect(environmentFaults('apps/web/src/x.ts', source), source).toHaveLength(1)
    expect(environmentFaults('apps/web/src/env.ts', 'process.env.X')).toEqual([])
    expect(environmentFaults('apps/web/src/environment.ts', 'process.env.X')).toHaveLength(1)
    expect(environmentFaults('apps/web/src/x.ts', 'process.on("exit", stop)')).toEqual([])
  })

  test('refuse a file that is too long', () => {
    expect(lengthFaults('a/x.ts', 'x\n'.repeat(201))).toHaveLength(1)
    expect(lengthFaults('a/x.ts', 'x\n'.repeat(200))).toEqual([])
    expect(lengthFaults('a/x.test.ts', 'x\n'.repeat(301))).toHaveLength(1)
    expect(lengthFaults('a/x.test.ts', 'x\n'.repeat(300))).toEqual([])
  })
})
