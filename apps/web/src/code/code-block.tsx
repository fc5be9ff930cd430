import type { ReactNode } from 'react'
import { CodeBox } from '../components/code-box.tsx'
import { highlight } from './highlight.ts'

/** Code with its syntax in colours, which are classes: the page's policy allows no style of an element. `marked` is the line to point at, from 1. */
export async function CodeBlock(props: {
  code: string
  language: string
  label?: ReactNode
  marked?: number
}) {
  const lines = await highlight(props.code.replace(/\n$/, ''), props.language)
  return (
    <CodeBox label={props.label}>
      {lines.map((line, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name, and never move.
          key={index}
          className={index + 1 === props.marked ? '-mx-3 block bg-accent-soft px-3' : 'block'}
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
