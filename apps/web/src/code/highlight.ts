import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore } from 'shiki/core'
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript'
import { bundledLanguages } from 'shiki/langs'

/** A piece of code and what it is; undefined where it is nothing in particular. */
export interface CodeToken {
  readonly text: string
  readonly kind: string | undefined
}

const languages = ['typescript', 'json', 'bash', 'http', 'sql', 'diff', 'yaml', 'nginx'] as const
type Language = (typeof languages)[number]

const spelled: Readonly<Record<string, Language>> = {
  ts: 'typescript',
  tsx: 'typescript',
  js: 'typescript',
  jsonc: 'json',
  sh: 'bash',
  shell: 'bash',
  console: 'bash',
}

/** Names of colours instead of colours: the page's style sheet decides, for light and for dark. */
const theme = createCssVariablesTheme({ name: 'keybound', variablePrefix: '--code-' })

let highlighter: Promise<HighlighterCore> | undefined

/** Line by line. A language that is not known stays plain text. Runs on the server only: no page loads a grammar. */
export async function highlight(code: string, language: string): Promise<readonly (readonly CodeToken[])[]> {
  const lang = spelled[language] ?? languages.find((known) => known === language)
  if (lang === undefined) return code.split('\n').map((text) => [{ text, kind: undefined }])
  highlighter ??= createHighlighterCore({
    themes: [theme],
    langs: languages.map((name) => bundledLanguages[name]),
    engine: createJavaScriptRegexEngine(),
  })
  const { tokens } = (await highlighter).codeToTokens(code, { lang, theme: 'keybound' })
  return tokens.map((line) => line.map(({ content, color }) => ({ text: content, kind: kindOf(color) })))
}

/** `var(--code-token-keyword)` is a keyword. */
function kindOf(color: string | undefined): string | undefined {
  return /--code-token-([a-z-]+)/.exec(color ?? '')?.[1]
}
