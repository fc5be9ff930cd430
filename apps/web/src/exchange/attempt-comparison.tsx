import type { Exchange } from '@keybound/exchange'
import { Status } from '../components/status.tsx'
import { Difference } from '../verdict/difference.tsx'
import { type ComparedPart, compareAttempts } from './compare-attempts.ts'

const words = {
  changed: { tone: 'warn', word: 'Changed' },
  added: { tone: 'ok', word: 'New' },
  gone: { tone: 'bad', word: 'Gone' },
  same: { tone: 'muted', word: 'Same' },
} as const

/** An attempt beside the one before it: what differs first, what stayed the same folded away. */
export function AttemptComparison({ before, after }: { before: Exchange; after: Exchange }) {
  const parts = compareAttempts(before, after)
  const same = parts.filter(({ change }) => change === 'same')
  return (
    <div className="grid gap-2">
      <ul aria-label="What differs from the attempt before" className="divide-y rounded-lg border">
        {parts
          .filter(({ change }) => change !== 'same')
          .map((part) => (
            <Part key={part.name} part={part} />
          ))}
      </ul>
      <p className="text-muted text-sm">
        The same in both:{' '}
        {same.map(({ name }, index) => (
          <span key={name}>
            {index > 0 && ', '}
            <code>{name}</code>
          </span>
        ))}
      </p>
    </div>
  )
}

function Part({ part }: { part: ComparedPart }) {
  const { tone, word } = words[part.change]
  return (
    <li className="px-3 py-2">
      <div className="flex items-baseline justify-between gap-3">
        <code className="font-semibold">{part.name}</code>
        <span className="text-sm">
          <Status tone={tone}>{word}</Status>
        </span>
      </div>
      {part.change === 'changed' ? (
        <Difference names={['Before', 'Now']} expected={part.before ?? ''} received={part.after ?? ''} />
      ) : (
        <code className="block [overflow-wrap:anywhere]">{part.after ?? part.before}</code>
      )}
    </li>
  )
}
