'use client'

import type { AttackDescription, AttackOutcome, Column } from '@keybound/exchange'
import { useState } from 'react'
import { Button } from '../components/button.tsx'
import { Panel } from '../components/panel.tsx'
import { Status } from '../components/status.tsx'
import { useAlive } from '../components/use-alive.ts'
import { launchAttack } from './launch-attack.ts'
import { OutcomeView } from './outcome-view.tsx'

/** Launch, see it fail, learn why, switch the defence off, see it succeed. */
export function AttackStage({ attack, labUrl }: { attack: AttackDescription; labUrl: string }) {
  const [outcomes, setOutcomes] = useState<{ readonly [column in Column]?: AttackOutcome }>({})
  const [underWay, setUnderWay] = useState<Column>()
  const [problem, setProblem] = useState<string>()
  const alive = useAlive()

  async function launch(column: Column): Promise<void> {
    setUnderWay(column)
    setProblem(undefined)
    try {
      const outcome = await launchAttack(labUrl, attack.id, column)
      setOutcomes((before) => ({ ...before, [column]: outcome }))
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
    setUnderWay(undefined)
  }

  const { dpop, 'defence-off': off, 'dpop-without-nonce': withoutNonce } = outcomes
  const limit = attack.expected.withNonce === 'succeeds'
  const nonceMatters = !limit && attack.expected.withoutNonce === 'succeeds'
  return (
    <div className="grid gap-5" aria-busy={underWay !== undefined}>
      <div aria-live="polite">{problem && <Status tone="bad">{problem}</Status>}</div>
      <Panel
        title={limit ? 'With every check in place' : 'With the defence'}
        id="with"
        action={
          <Button look="primary" disabled={!alive || underWay !== undefined} onClick={() => launch('dpop')}>
            {underWay === 'dpop' ? 'Under way…' : dpop ? 'Launch again' : 'Launch'}
          </Button>
        }
      >
        {dpop ? (
          <div className="grid gap-4">
            <OutcomeView outcome={dpop} />
            <div className="border-t pt-3">
              <h3 className="font-semibold">Why</h3>
              <p className="mt-1 max-w-3xl text-pretty leading-relaxed">{attack.why}</p>
            </div>
          </div>
        ) : (
          <p className="text-muted">
            A victim and a thief are played against servers opened for you. Nothing leaves this machine.
          </p>
        )}
      </Panel>
      {nonceMatters && dpop && (
        <Panel
          title="Without nonces"
          id="without-nonce"
          action={
            <Button disabled={!alive || underWay !== undefined} onClick={() => launch('dpop-without-nonce')}>
              Launch where no nonce is asked for
            </Button>
          }
        >
          {withoutNonce ? (
            <OutcomeView outcome={withoutNonce} />
          ) : (
            <p className="text-muted">What a nonce adds shows where there is none.</p>
          )}
        </Panel>
      )}
      {attack.defence !== undefined && dpop && (
        <Panel
          title="Without the defence"
          id="without"
          action={
            <Button disabled={!alive || underWay !== undefined} onClick={() => launch('defence-off')}>
              Switch this defence off and launch
            </Button>
          }
        >
          {off ? (
            <OutcomeView outcome={off} />
          ) : (
            <p>
              The defence: <strong className="font-semibold">{attack.defence}</strong>. It can be switched off
              here, and nowhere else in Keybound.
            </p>
          )}
        </Panel>
      )}
    </div>
  )
}
