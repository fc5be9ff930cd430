'use client'

import { PROOF_DEFECTS, type ProofDefect } from '@keybound/dpop/testing'
import { useEffect, useState } from 'react'
import { Button, buttonLook } from '../components/button.tsx'
import { Panel } from '../components/panel.tsx'
import { DecodedProof } from './decoded-proof.tsx'
import { type ExampleRequest, exampleRequest } from './example-request.ts'
import { fixtureOf } from './fixture.ts'
import type { InspectorState } from './fragment.ts'
import { inspect } from './inspect.ts'
import { InspectorVerdict } from './inspector-verdict.tsx'
import type { Judged } from './use-inspection.ts'

type Forged = { readonly example: ExampleRequest; readonly judged: Judged }

/** A good proof, one thing of it broken: what the defect looks like, which check sees it, and the whole as a fixture. */
export function WrongTab({
  onInspect,
}: {
  onInspect: (text: string, change: Partial<InspectorState>) => void
}) {
  const [defect, setDefect] = useState<ProofDefect>('htu-other-host')
  const [again, setAgain] = useState(0)
  const forged = useForged(defect, again)
  return (
    <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
      <div className="grid min-w-0 grid-cols-1 gap-4">
        <p className="text-muted">
          A good proof is made with a key that is thrown away, and one thing of it is broken. Take the fixture
          and see whether your own verifier notices.
        </p>
        <div className="grid gap-1">
          <label htmlFor="defect" className="font-medium">
            What is to be wrong
          </label>
          <select
            id="defect"
            value={defect}
            onChange={(event) => setDefect(event.target.value as ProofDefect)}
            className="w-full rounded-lg border bg-surface px-3 py-2"
          >
            {groups.map(([check, names]) => (
              <optgroup key={check} label={check === 'accepted' ? 'looks wrong, has to be accepted' : check}>
                {names.map((name) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </div>
        {forged && (
          <div className="flex flex-wrap gap-2">
            <a
              href={`data:application/json;charset=utf-8,${encodeURIComponent(`${JSON.stringify(fixtureOf(forged.example), null, 2)}\n`)}`}
              download={`dpop-${defect}.json`}
              className={buttonLook.primary}
            >
              Download the fixture
            </a>
            <Button onClick={() => onInspect(forged.example.text, { nonce: forged.example.nonce })}>
              Inspect it
            </Button>
            <Button look="quiet" onClick={() => setAgain(again + 1)}>
              Make another
            </Button>
          </div>
        )}
        {forged?.example.proofs[0] && (
          <DecodedProof proofJwt={forged.example.proofs[0]} now={forged.example.now} />
        )}
      </div>
      <Panel title="What the checks say" id="wrong-verdict">
        {forged ? <InspectorVerdict judged={forged.judged} /> : <p className="text-muted">Being made.</p>}
      </Panel>
    </div>
  )
}

const defects = Object.keys(PROOF_DEFECTS) as ProofDefect[]

/** By the check that has to see them, in the order of the defects. */
const groups = [...new Set(Object.values(PROOF_DEFECTS))].map(
  (check) => [check, defects.filter((name) => PROOF_DEFECTS[name] === check)] as const,
)

function useForged(defect: ProofDefect, again: number): Forged | undefined {
  const [forged, setForged] = useState<Forged>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` asks for another one of the same.
  useEffect(() => {
    let current = true
    setForged(undefined)
    forge(defect).then((made) => {
      if (current) setForged(made)
    })
    return () => {
      current = false
    }
  }, [defect, again])
  return forged
}

async function forge(defect: ProofDefect): Promise<Forged> {
  const example = await exampleRequest(defect)
  const { proofs, method, url, accessToken, nonce, now } = example
  const inspection = { proof: proofs.join(', '), method, url, accessToken, nonce, now }
  const began = performance.now()
  const verdict = await inspect(inspection)
  return { example, judged: { verdict, inspection, took: performance.now() - began } }
}
