import type { AttackDescription } from '@keybound/exchange'
import { buttonLook } from '../components/button.tsx'
import { PageHeader } from '../components/page-header.tsx'
import { Status } from '../components/status.tsx'

/** All attacks, to choose from. */
export function LabList({ attacks }: { attacks: readonly AttackDescription[] }) {
  return (
    <div className="grid gap-5">
      <PageHeader
        title="Attack lab"
        lead="Twenty attacks, sent for real to servers that exist for you alone. Watch each one fail, switch its defence off, and watch it succeed. Two of them work whatever one does: those are the limits of DPoP."
        actions={
          <a className={buttonLook.primary} href="/lab/matrix">
            The matrix
          </a>
        }
      />
      <ol className="grid gap-3 sm:grid-cols-2">
        {attacks.map((attack) => (
          <li key={attack.id}>
            <a
              href={`/lab/${attack.id}`}
              className="group grid h-full grid-cols-[2rem_1fr] gap-x-2 rounded-box border bg-surface px-4 py-3 text-text no-underline hover:border-accent"
            >
              <span className="text-muted tabular-nums">{attack.number}</span>
              <span className="font-semibold group-hover:text-accent">{attack.title}</span>
              <span className="col-start-2 mt-1 text-sm leading-relaxed">
                <Outlook attack={attack} />
              </span>
            </a>
          </li>
        ))}
      </ol>
    </div>
  )
}

/** What comes of it with every defence in place, and what a nonce adds. */
function Outlook({ attack: { expected } }: { attack: AttackDescription }) {
  const { withNonce, withoutNonce } = expected
  if (withNonce === 'succeeds') return <Status tone="bad">Works: a limit of DPoP</Status>
  return (
    <>
      <Status tone="ok">Stopped</Status>{' '}
      <span className="text-muted">
        by <code>{withNonce.join(', ')}</code>
        {withoutNonce === 'succeeds' && '; without nonces it works'}
      </span>
    </>
  )
}
