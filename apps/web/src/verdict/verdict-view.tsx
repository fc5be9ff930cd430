import type { Check, Verdict } from '@keybound/dpop'
import { Status, type Tone } from '../components/status.tsx'
import { Difference } from './difference.tsx'

const words: Record<Check['status'], { readonly tone: Tone; readonly word: string }> = {
  pass: { tone: 'ok', word: 'Pass' },
  fail: { tone: 'bad', word: 'Fail' },
  challenge: { tone: 'warn', word: 'Challenge' },
  skipped: { tone: 'muted', word: 'Skipped' },
}

/** Every row of the table of checks. Rows that say nothing about this proof are folded away. */
export function VerdictView({ verdict }: { verdict: Verdict }) {
  const judged = verdict.checks.filter((check) => check.status !== 'skipped')
  const skipped = verdict.checks.filter((check) => check.status === 'skipped')
  return (
    <div className="grid gap-3">
      <Outcome verdict={verdict} />
      <ol className="divide-y rounded-lg border">
        {judged.map((check) => (
          <CheckRow key={check.id} check={check} />
        ))}
      </ol>
      {skipped.length > 0 && (
        <details className="rounded-lg border">
          <summary className="px-3 py-2 text-muted text-sm">
            {skipped.length} checks that were not made here
          </summary>
          <ol className="divide-y border-t">
            {skipped.map((check) => (
              <CheckRow key={check.id} check={check} />
            ))}
          </ol>
        </details>
      )}
    </div>
  )
}

export function Outcome({ verdict }: { verdict: Verdict }) {
  const looks = { accepted: 'ok', rejected: 'bad', challenged: 'warn' } as const
  const first = verdict.checks.find((check) => check.status === 'fail' || check.status === 'challenge')
  return (
    <p className="flex flex-wrap items-baseline gap-x-3">
      <Status tone={looks[verdict.outcome]}>
        {{ accepted: 'Accepted', rejected: 'Rejected', challenged: 'Challenged' }[verdict.outcome]}
      </Status>
      {first && (
        <span className="text-muted text-sm">
          by <code>{first.id}</code>, {first.clause}
        </span>
      )}
    </p>
  )
}

/** One rule: its page, its status and, where it is broken, what was expected, what came, and `fix`. */
export function CheckRow({ check, fix }: { check: Check; fix?: string | undefined }) {
  const { tone, word } = words[check.status]
  return (
    <li className="px-3 py-2">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="flex min-w-0 flex-wrap items-baseline gap-x-3">
          <a
            href={`/checks/${check.id}`}
            className="text-text underline decoration-border underline-offset-4"
          >
            <code className="font-medium">{check.id}</code>
          </a>
          <span className="text-muted text-sm">{check.clause}</span>
        </span>
        <span className="text-sm">
          <Status tone={tone}>{word}</Status>
        </span>
      </div>
      {check.because && <p className="text-muted text-sm">{check.because}</p>}
      {check.status !== 'skipped' && check.expected !== undefined && check.received !== undefined && (
        <Difference expected={check.expected} received={unquoted(check.received)} />
      )}
      {check.hint && <p className="mt-1 text-sm">{check.hint}</p>}
      {fix && (
        <p className="mt-1 text-sm">
          <strong className="font-medium">Fix:</strong> {fix}
        </p>
      )}
    </li>
  )
}

/** Text from the wire comes quoted, so that nothing is mistaken for words of ours; beside the expected value the quotes would be a difference. */
function unquoted(received: string): string {
  return /^"([^"\\]*)"$/.exec(received)?.[1] ?? received
}
