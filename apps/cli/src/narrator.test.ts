import { expect, test } from 'vitest'
import { createNarrator, short, wrap } from './narrator.ts'

test('keeps every line of the walk within 94 columns', () => {
  const lines: string[] = []
  const narrator = createNarrator((line) => lines.push(line))
  narrator.step('A title', 'word '.repeat(60).trim())
  narrator.fact('label', 'value '.repeat(60).trim())
  narrator.good('good '.repeat(60).trim())
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are not columns.
  for (const line of lines) expect(line.replace(/\u001b\[\d+m/g, '').length).toBeLessThanOrEqual(94)
})

test('breaks at blanks and leaves a long word whole', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three'])
  expect(wrap('a-word-that-is-long x', 5)).toEqual(['a-word-that-is-long', 'x'])
})

test('shows the beginning of an opaque value, too little to use', () => {
  expect(short('0123456789abcdefgh')).toBe('0123456789ab…')
  expect(short('short')).toBe('short')
})
