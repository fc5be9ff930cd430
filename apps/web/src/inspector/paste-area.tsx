'use client'

import { Status } from '../components/status.tsx'
import type { Fault, Pasted } from './pasted.ts'

/** The field to paste into, what was found in it, and the first character that cannot be right. */
export function PasteArea(props: { text: string; pasted: Pasted; onChange: (text: string) => void }) {
  const { text, pasted } = props
  return (
    <div className="grid grid-cols-1 gap-2">
      <label htmlFor="paste" className="font-medium">
        Paste anything
      </label>
      <textarea
        id="paste"
        value={text}
        onChange={(event) => props.onChange(event.target.value)}
        aria-describedby="paste-hint paste-found"
        rows={10}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        placeholder={'DPoP: eyJ0eXAiOiJkcG9wK2p3dCIs…'}
        className="w-full resize-y rounded-lg border bg-surface px-3 py-2 font-mono text-sm leading-6 [overflow-wrap:anywhere]"
      />
      <p id="paste-hint" className="text-muted text-sm">
        A proof, an access token, both, header lines, a curl command or a raw HTTP request. Nothing leaves
        this page: its policy forbids every connection.
      </p>
      <div id="paste-found" aria-live="polite" className="grid grid-cols-1 gap-2 text-sm">
        {pasted.kind !== 'nothing' && <p>{found(pasted)}</p>}
        {pasted.assumed && <p className="text-muted">{pasted.assumed}</p>}
        {pasted.fault && <FaultPlace text={text} fault={pasted.fault} />}
      </div>
    </div>
  )
}

function found(pasted: Pasted): string {
  if (pasted.kind === 'unknown') return 'Nothing in this is known here.'
  const parts = [
    ...(pasted.proofs.length === 1 ? ['one proof'] : []),
    ...(pasted.proofs.length > 1 ? [`${pasted.proofs.length} proofs`] : []),
    ...(pasted.accessToken ? [`an access token${pasted.scheme ? ` sent as ${pasted.scheme}` : ''}`] : []),
    ...(pasted.method ? [pasted.method] : []),
    ...(pasted.url ? [pasted.url] : []),
  ]
  const kind = {
    'curl command': 'A curl command',
    'HTTP request': 'An HTTP request',
    'header lines': 'Header lines',
  }
  const whole = kind[pasted.kind as keyof typeof kind]
  if (parts.length === 0) return `${whole ?? 'Text'} without proof or token.`
  return `${whole ? `${whole}: ` : ''}${parts.join(', ')}.`
}

/** A little of the text around the character, with the character marked. */
function FaultPlace({ text, fault }: { text: string; fault: Fault }) {
  const before = text.slice(0, fault.at)
  const line = before.split('\n').length
  const column = fault.at - before.lastIndexOf('\n')
  const from = Math.max(before.lastIndexOf('\n') + 1, fault.at - 24)
  const end = text.indexOf('\n', fault.at)
  const rest = text.slice(
    fault.at + 1,
    Math.min(end < 0 ? text.length : Math.max(end, fault.at + 1), fault.at + 25),
  )
  const character = text[fault.at]
  return (
    <div className="rounded-lg border border-bad bg-bad-soft px-3 py-2">
      <p>
        <Status tone="bad">
          Line {line}, character {column}
        </Status>{' '}
        {fault.says}
      </p>
      <pre className="mt-1 overflow-x-auto">
        {from > 0 && '…'}
        {text.slice(from, fault.at)}
        <mark className="rounded-sm bg-bad px-0.5 text-surface">
          {character === undefined || /\s/.test(character) ? '␣' : character}
        </mark>
        {rest}
      </pre>
    </div>
  )
}
