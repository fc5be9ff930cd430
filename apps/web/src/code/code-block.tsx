import type { ReactNode } from 'react'
import { CodeBox } from '../components/code-box.tsx'
import { highlight } from './highlight.ts'

/** Code with its syntax in colours, which are classes: the page's policy allows no style of an element. `marked` is the line to point at, from 1; `numbered` gives each line its number and an address, #L12. */
export async function CodeBlock(props: {
  code: string
  language: string
  label?: ReactNode
  marked?: number
  numbered?: boolean
}) {
  const lines = await highlight(props.code.replace(/\n$/, ''), props.language)
  return (
    <CodeBox label={props.label}>
      {lines.map((line, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name, and never move.
          key={index}
          {...(props.numbered && { id: `L${index + 1}`, 'data-line': index + 1 })}
          className={`block ${index + 1 === props.marked ? '-mx-3 bg-accent-soft px-3' : ''} ${props.numbered ? 'code-line' : ''}`}
        >
          {line.length === 0 || line.every(({ text }) => text === '')
            ? '\n'
            : line.map(({ text, kind }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above.
                <span key={at} className={kind && `code-${kind}`}>
                  {text}
                </span>
              ))}
        </span>
      ))}
    </CodeBox>
  )
}
