import type { AttackOutcome } from '@keybound/exchange'
import { Status } from '../components/status.tsx'

/** One cell: what came of it, in a word and the rule; pressing it opens the exchanges. */
export function MatrixCell(props: {
  outcome: AttackOutcome | undefined
  label: string
  chosen: boolean
  onOpen: () => void
}) {
  const { outcome, label, chosen, onOpen } = props
  if (outcome === undefined) return <span className="px-2 text-muted">–</span>
  if (outcome.result === 'not applicable') return <span className="px-2 text-muted">does not apply</span>
  const stopped = outcome.result === 'stopped'
  return (
    <button
      type="button"
      onClick={onOpen}
      aria-pressed={chosen}
      aria-label={`${label}: ${outcome.result}${stopped ? ` by ${outcome.by.join(', ')}` : ''}. Show the exchanges`}
      className="rounded-md px-2 py-1 text-left hover:bg-surface-2 aria-pressed:bg-surface-2"
    >
      <Status tone={stopped ? 'ok' : 'bad'}>{stopped ? 'Stopped' : 'Succeeds'}</Status>
      {stopped && <span className="block text-muted text-xs">{outcome.by.join(', ')}</span>}
      {!outcome.asExpected && <span className="block text-bad text-xs">not as expected</span>}
    </button>
  )
}
