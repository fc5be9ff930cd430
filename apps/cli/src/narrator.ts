import pc from 'picocolors'

const width = 94
const indent = '      '

/** Tells the walk to a person: numbered steps, one sentence why, and what went over the wire. */
export interface Narrator {
  step(title: string, why: string): void
  /** One line of the wire: `mark` is an arrow, `text` may hold colours already. */
  wire(mark: '→' | '←', text: string): void
  /** A labelled value, or several with a gap between them, wrapped under themselves. */
  fact(label: string, ...values: string[]): void
  remark(sentence: string): void
  /** What this step has proved. */
  good(sentence: string): void
  say(text: string): void
}

/** `print` gets whole lines. Colours follow the terminal and NO_COLOR. */
export function createNarrator(print: (line: string) => void): Narrator {
  let count = 0
  const paragraph = (text: string, paint: (line: string) => string = String) => {
    for (const line of wrap(text, width - indent.length)) print(indent + paint(line))
  }
  return {
    step(title, why) {
      count += 1
      print('')
      print(` ${pc.bold(pc.cyan(String(count).padStart(3)))}  ${pc.bold(title)}`)
      paragraph(why, pc.dim)
    },
    wire(mark, text) {
      print(`${indent}${pc.bold(mark)} ${text}`)
    },
    fact(label, ...values) {
      const glued =
        values.length === 1
          ? (values[0] ?? '')
          : values.map((value) => value.replaceAll(' ', '\u00a0')).join('  ')
      const lines = wrap(glued, width - indent.length - 16).map((line) => line.replaceAll('\u00a0', ' '))
      const [first = '', ...rest] = lines
      print(`${indent}  ${pc.dim(label.padEnd(14))}${first}`)
      for (const line of rest) print(`${indent}  ${' '.repeat(14)}${line}`)
    },
    remark: (sentence) => paragraph(sentence, pc.dim),
    good(sentence) {
      const [first = '', ...rest] = wrap(sentence, width - indent.length - 2)
      print(`${indent}${pc.green('✓')} ${first}`)
      for (const line of rest) print(`${indent}  ${line}`)
    },
    say: print,
  }
}

/** Breaks at blanks only: a word that is too long keeps a line of its own. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map((text) => text.trim())
}

/** The beginning of an opaque value: enough to recognise it further down, too little to use it. */
export function short(value: string, length = 12): string {
  return value.length <= length + 1 ? value : `${value.slice(0, length)}…`
}
