import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readingFaults } from '../src/house/reading.ts'
import { programSources, root } from '../src/source-files.ts'

test('READING.md lists every source file once, and nothing that is not there', () => {
  const markdown = readFileSync(join(root, 'READING.md'), 'utf8')
  expect(
    readingFaults(
      markdown,
      programSources().map(({ path }) => path),
    ),
  ).toEqual([])
})

test('the checker sees a file that is missing, listed twice, not there, or without a purpose', () => {
  const markdown = [
    '# Reading',
    '- [a.ts](a/a.ts) — what it is',
    '- [b.ts](a/b.ts)',
    '- [c.ts](a/c.ts) — x',
  ].join('\n')
  expect(readingFaults(markdown, ['a/a.ts', 'a/b.ts', 'a/c.ts'])).toEqual(['a/b.ts has no purpose'])
  expect(readingFaults(markdown, ['a/a.ts', 'a/c.ts'])).toEqual([
    'a/b.ts is no source file',
    'a/b.ts has no purpose',
  ])
  expect(readingFaults('- [a](a.ts) — x\n- [a](a.ts) — x\n', ['a.ts', 'd.ts'])).toEqual([
    'd.ts is missing',
    'a.ts is listed twice',
  ])
})
