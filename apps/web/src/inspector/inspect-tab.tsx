'use client'

import { type RefObject, useMemo } from 'react'
import { Button } from '../components/button.tsx'
import { CodeBox } from '../components/code-box.tsx'
import { CopyButton } from '../components/copy-button.tsx'
import { Fold } from '../components/fold.tsx'
import { Panel } from '../components/panel.tsx'
import { decodePayload } from '../proof/decode-proof.ts'
import { DecodedProof } from './decoded-proof.tsx'
import { emptyState, type InspectorState, writeFragment } from './fragment.ts'
import type { KnownIssuer } from './inspect.ts'
import { InspectorVerdict } from './inspector-verdict.tsx'
import { PasteArea } from './paste-area.tsx'
import { readPaste } from './read-paste.ts'
import { RequestFields } from './request-fields.tsx'
import { useInspection } from './use-inspection.ts'

/** Paste on the one side, verdict on the other. */
export function InspectTab(props: {
  state: InspectorState
  known: KnownIssuer | undefined
  onChange: (state: InspectorState) => void
  onExample: () => void
  top?: RefObject<HTMLDivElement | null>
}) {
  const { state, known, onChange } = props
  const pasted = useMemo(() => readPaste(state.text), [state.text])
  const judged = useInspection(state, pasted, known)
  const [proof] = pasted.proofs
  return (
    <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
      <div className="grid min-w-0 grid-cols-1 gap-5">
        <PasteArea text={state.text} pasted={pasted} onChange={(text) => onChange({ ...state, text })} />
        <RequestFields
          state={state}
          pasted={pasted}
          onChange={(change) => onChange({ ...state, ...change })}
        />
        <div className="flex flex-wrap items-center gap-2">
          <Button onClick={props.onExample}>Show me an example</Button>
          <Button look="quiet" onClick={() => onChange(emptyState)}>
            Clear
          </Button>
          <CopyButton
            text={() => location.origin + location.pathname + writeFragment(state)}
            name="Copy a link to this"
          />
        </div>
        <p className="text-muted text-sm">
          The link holds what you pasted, live secrets included. It stands behind a #, which browsers do not
          send.
        </p>
      </div>
      <div className="grid min-w-0 grid-cols-1 gap-5">
        <Panel title="Verdict" id="verdict">
          {judged ? (
            <InspectorVerdict judged={judged} />
          ) : (
            <p className="text-muted">Waits for something to judge.</p>
          )}
        </Panel>
        {proof !== undefined && (
          <Fold summary="The proof, decoded">
            <DecodedProof proofJwt={proof} now={judged?.inspection.now ?? 0} />
          </Fold>
        )}
        {pasted.accessToken !== undefined && (
          <Fold summary="The access token, decoded">
            <CodeBox label="Claims, not verified by showing them">
              {JSON.stringify(decodePayload(pasted.accessToken) ?? 'not a JWT', null, 2)}
            </CodeBox>
          </Fold>
        )}
      </div>
    </div>
  )
}
