'use client'

import { Button } from '../components/button.tsx'
import type { Draft } from './draft.ts'
import { FieldRows, inputLook } from './field-rows.tsx'
import type { WaitingRequest } from './flow-state.ts'

/** The request that is about to be sent. Every part of it can be changed first; the proof is then signed anew. */
export function DraftEditor(props: {
  waiting: WaitingRequest
  onEdit: (draft: Draft) => void
  onSend: () => void
}) {
  const { waiting, onEdit } = props
  const { draft, original } = waiting
  const { proof, form } = draft
  const changed = draft !== original
  return (
    <form
      aria-label="The request that is about to be sent"
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        props.onSend()
      }}
    >
      <p className="text-muted text-sm">
        <strong className="font-semibold text-text">{waiting.words}</strong> is ready and has not been sent.
        Change what you like and see which check notices. The proof is signed when it goes out, and an iat
        that you leave alone is then.
      </p>
      <div className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-1.5">
        <input
          aria-label="Method"
          value={draft.method}
          spellCheck={false}
          onChange={(event) => onEdit({ ...draft, method: event.target.value })}
          className={inputLook}
        />
        <input
          aria-label="URL"
          value={draft.url}
          spellCheck={false}
          onChange={(event) => onEdit({ ...draft, url: event.target.value })}
          className={inputLook}
        />
      </div>
      {proof && (
        <>
          <FieldRows
            legend="Proof payload"
            fields={proof.claims}
            onChange={(claims) => onEdit({ ...draft, proof: { ...proof, claims } })}
          />
          <FieldRows
            legend="Proof header"
            fields={proof.header}
            onChange={(header) => onEdit({ ...draft, proof: { ...proof, header } })}
          />
        </>
      )}
      <FieldRows
        legend="Request headers"
        fields={draft.headers}
        onChange={(headers) => onEdit({ ...draft, headers })}
      />
      {form && (
        <FieldRows legend="Form" fields={form} onChange={(next) => onEdit({ ...draft, form: next })} />
      )}
      <div className="flex flex-wrap gap-2 border-t pt-3">
        <Button type="submit" look="primary">
          {changed ? 'Send it as edited' : 'Send it'}
        </Button>
        {proof && (
          <Button
            onClick={() => {
              const { proof: _, ...rest } = draft
              onEdit(rest)
            }}
          >
            Leave the proof out
          </Button>
        )}
        {changed && <Button onClick={() => onEdit(original)}>Undo my changes</Button>}
      </div>
    </form>
  )
}
