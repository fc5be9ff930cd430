import { testSources } from './source-files.ts'

/** A test that names a clause: where it stands and what it claims. */
export interface Citation {
  readonly id: string
  readonly title: string
  /** Relative to the repository's root. */
  readonly file: string
  readonly line: number
}

const text = String.raw`'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|${'`'}(?:[^${'`'}\\]|\\.)*${'`'}`
const call = new RegExp(String.raw`\b(?:requirement|titleOf)\(\s*(\[[^\]]*\]|${text})\s*,\s*(${text})`, 'g')
const quoted = new RegExp(text, 'g')

/** The shapes that ids have in the four catalogues; `SHA-256` or `UTF-8` in a title is none. */
const shape =
  /DPOP-\d[\d.]*-\d+[a-z]?|(?:RFC\d{4}|PKCE|META|ISS|PAR|JAR|PKJWT|INTRO|REVOKE|DCR|BCP|FAPI|BROWSER|OPS)-\d+|[PTARSIGUBLN]-\d{3}/
const list = new RegExp(String.raw`\((${shape.source})(?:, (?:${shape.source}))*\)`, 'g')
const one = new RegExp(shape.source, 'g')

/** The ids at the end of a title, as `requirement()` and hand-written Playwright titles carry them. */
export function idsInTitle(title: string): string[] {
  return [...title.matchAll(list)].flatMap(([found]) => found.match(one) ?? [])
}

/** Every citation in one test file. Reads literals only: an id that is computed is seen by the run, not here. */
export function citationsIn(file: string, source: string): Citation[] {
  const found: Citation[] = []
  const lineAt = (index: number) => source.slice(0, index).split('\n').length
  for (const match of source.matchAll(call)) {
    const [, ids = '', title = ''] = match
    for (const [id] of ids.matchAll(quoted))
      found.push({ id: id.slice(1, -1), title: title.slice(1, -1), file, line: lineAt(match.index) })
  }
  for (const match of source.matchAll(quoted)) {
    const title = match[0].slice(1, -1)
    for (const id of idsInTitle(title)) found.push({ id, title, file, line: lineAt(match.index) })
  }
  return found
}

/** Every citation in the repository. */
export function citations(): Citation[] {
  return testSources().flatMap(({ path, read }) => citationsIn(path, read()))
}
