'use client'

import { createProof, generateKeyPair, signerFromKeyPair } from '@keybound/dpop/client'
import { explainProof, type Verdict } from '@keybound/dpop/server'
import { useState } from 'react'
import { Button } from '../components/button.tsx'
import { CodeBox } from '../components/code-box.tsx'
import { Panel } from '../components/panel.tsx'
import { Status } from '../components/status.tsx'
import { useAlive } from '../components/use-alive.ts'
import { decodeProof } from '../proof/decode-proof.ts'
import { VerdictView } from '../verdict/verdict-view.tsx'

/** What came of it: what the browser said to the export, and the proof that was signed in place. */
interface Seen {
  readonly exportRefused: string
  readonly verdict: Verdict
  readonly payload: string
}

/** The attack of a script, done by a script of this page: it cannot take the key along, and can have it sign. */
export function ScriptInThisPage() {
  const [seen, setSeen] = useState<Seen>()
  const [problem, setProblem] = useState<string>()
  const alive = useAlive()

  async function attack(): Promise<void> {
    setProblem(undefined)
    try {
      setSeen(await beTheScript())
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
  }

  return (
    <Panel
      title="In this very page"
      id="in-page"
      action={
        <Button disabled={!alive} onClick={attack}>
          Be the script
        </Button>
      }
    >
      <div className="grid gap-3" aria-live="polite">
        {problem && <Status tone="bad">{problem}</Status>}
        {seen ? (
          <>
            <p>
              <Status tone="ok">The key stays</Status>. The script asked for the private key with{' '}
              <code>crypto.subtle.exportKey</code>, and the browser said: <code>{seen.exportRefused}</code>
            </p>
            <p>
              <Status tone="bad">The key signs</Status>. The script had it sign a proof, and every check that
              needs no token passes. The token is in the page too, so a server takes both.
            </p>
            <div className="grid items-start gap-3 md:grid-cols-2">
              <CodeBox label="What the script had signed">{seen.payload}</CodeBox>
              <VerdictView verdict={seen.verdict} />
            </div>
          </>
        ) : (
          <p className="text-muted">
            This page makes a key as the playground does, one that cannot be exported. Then a script tries to
            take it along, and to use it where it is.
          </p>
        )}
      </div>
    </Panel>
  )
}

async function beTheScript(): Promise<Seen> {
  const pair = await generateKeyPair('ES256', { extractable: false })
  const exportRefused = await crypto.subtle.exportKey('jwk', pair.privateKey).then(
    () => 'here it is',
    (refusal: unknown) => String(refusal),
  )
  const request = { method: 'GET', url: 'https://api.example/profile', now: Date.now() / 1000 }
  const proof = await createProof(await signerFromKeyPair(pair, 'ES256'), request)
  const verdict = await explainProof(proof, request)
  return { exportRefused, verdict, payload: JSON.stringify(decodeProof(proof)?.payload, null, 2) }
}
