import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const docs = join(import.meta.dirname, '../../docs')

interface Excerpt {
  /** The file that the last link before it leads to. */
  readonly file: string
  readonly lines: readonly string[]
}

const excerpts = readExcerpts(readFileSync(join(docs, 'spring.md'), 'utf8'))

test('docs/spring.md shows code for each of its five steps, in both languages', () => {
  expect(excerpts.filter(({ file }) => file.endsWith('.ts')).length).toBeGreaterThanOrEqual(5)
  expect(excerpts.filter(({ file }) => file.endsWith('.java')).length).toBeGreaterThanOrEqual(5)
})

test.each(excerpts.map((excerpt) => [excerpt.lines[0], excerpt] as const))(
  'the excerpt that begins with %s is what its file says',
  (_, { file, lines }) => {
    const code = trimmed(readFileSync(join(docs, file), 'utf8'))
    const found = code.some((_line, at) => lines.every((line, offset) => code[at + offset] === line))
    expect(found, `${file} has no longer:\n${lines.join('\n')}`).toBe(true)
  },
)

function readExcerpts(markdown: string): Excerpt[] {
  return [...markdown.matchAll(/```(?:ts|java)\n(.*?)```/gs)].map((fence) => {
    const links = [...markdown.slice(0, fence.index).matchAll(/\]\(([^)]+)\)/g)]
    return { file: links.at(-1)?.[1] ?? '', lines: trimmed(fence[1] ?? '') }
  })
}

/** The lines that hold something, whatever their indent. */
function trimmed(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
