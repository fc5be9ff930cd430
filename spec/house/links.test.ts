import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { files, root } from '../src/source-files.ts'

/** Written by a run, with the files of that run. */
const generated = /^docs\/(?:conformance\.md|api\/)/

const documents = files().filter(({ path }) => path.endsWith('.md') && !generated.test(path))

/** `[text](target)` and `[name]: target`, outside of code. */
function targetsIn(text: string): string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '')
  const found = [...prose.matchAll(/\]\(([^()\s]+)\)/g), ...prose.matchAll(/^\[[^\]]+\]: (\S+)$/gm)]
  return found.map(([, target = '']) => target).filter((target) => !/^[a-z]+:/.test(target))
}

/** The anchors of a document, as GitHub and our own pages make them of its headings. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  )
}

function faultsOf(path: string, text: string): string[] {
  return targetsIn(text).flatMap((target) => {
    const [file = '', anchor] = target.split('#')
    const place = file === '' ? path : join(dirname(path), file)
    if (!existsSync(join(root, place))) return [`${path}: ${target} leads nowhere`]
    if (anchor === undefined || !place.endsWith('.md') || generated.test(place)) return []
    return anchorsOf(readFileSync(join(root, place), 'utf8')).includes(anchor)
      ? []
      : [`${path}: ${target} names no heading`]
  })
}

test('every link of a document leads to a file that is there, and to a heading that is in it', () => {
  expect(documents.length).toBeGreaterThan(40)
  expect(documents.flatMap(({ path, read }) => faultsOf(path, read()))).toEqual([])
})

test('the look at links sees a missing file, a missing heading, and links by reference', () => {
  const text = 'See [a](nowhere.md), [b](README.md#no-such-heading) and [c][d].\n\n[d]: gone/d.md\n'
  expect(faultsOf('README.md', text)).toEqual([
    'README.md: nowhere.md leads nowhere',
    'README.md: README.md#no-such-heading names no heading',
    'README.md: gone/d.md leads nowhere',
  ])
})
