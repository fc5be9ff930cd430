import type { Fault, Placed } from './pasted.ts'

/**
 * Splits a command as a POSIX shell does: single quotes, double quotes, backslashes, lines continued by one. `at` is where the text
 * of the word begins, behind an opening quote. Variables and substitutions stay as they are written.
 */
export function readShellWords(text: string): { words: Placed[]; fault?: Fault } {
  const words: Placed[] = []
  let word: { text: string; at: number } | undefined
  let quote: { mark: string; at: number } | undefined
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    const next = text[at + 1]
    if (quote?.mark === "'") {
      if (character === "'") quote = undefined
      else add(character, at)
    } else if (
      character === '\\' &&
      next !== undefined &&
      (quote === undefined || '"\\$`\n'.includes(next))
    ) {
      at++
      if (next === '\r' && text[at + 1] === '\n') at++
      else if (next !== '\n') add(next, at)
    } else if (character === quote?.mark) quote = undefined
    else if (quote === undefined && (character === "'" || character === '"')) {
      quote = { mark: character, at }
      word ??= { text: '', at: at + 1 }
    } else if (quote === undefined && /\s/.test(character)) end()
    else add(character, at)
  }
  end()
  return quote ? { words, fault: { at: quote.at, says: 'This quote is never closed.' } } : { words }

  function add(character: string, at: number): void {
    word ??= { text: '', at }
    word.text += character
  }

  function end(): void {
    if (word !== undefined) words.push(word)
    word = undefined
  }
}
