'use client'

import type { Verdict } from '@keybound/dpop/server'
import { useEffect, useState } from 'react'
import { decodePayload } from '../proof/decode-proof.ts'
import type { InspectorState } from './fragment.ts'
import { type Inspection, inspect, type KnownIssuer } from './inspect.ts'
import type { Pasted } from './pasted.ts'

export interface Judged {
  readonly verdict: Verdict
  readonly inspection: Inspection
  /** Milliseconds. */
  readonly took: number
}

/** The verdict over what is in the fields, again after each change; undefined while there is nothing to judge. */
export function useInspection(
  state: InspectorState,
  pasted: Pasted,
  known: KnownIssuer | undefined,
): Judged | undefined {
  const [judged, setJudged] = useState<Judged>()
  useEffect(() => {
    let current = true
    const inspection = inspectionOf(state, pasted, known)
    if (inspection === undefined) setJudged(undefined)
    else {
      const began = performance.now()
      inspect(inspection).then((verdict) => {
        if (current) setJudged({ verdict, inspection, took: performance.now() - began })
      })
    }
    return () => {
      current = false
    }
  }, [state, pasted, known])
  return judged
}

/** What was typed counts before what was pasted. */
export function inspectionOf(
  state: InspectorState,
  pasted: Pasted,
  known: KnownIssuer | undefined,
): Inspection | undefined {
  const { accessToken, scheme, proofs } = pasted
  const request = pasted.kind === 'HTTP request' || pasted.kind === 'curl command'
  if (proofs.length === 0 && accessToken === undefined && !request) return undefined
  const proof = proofs.length === 0 ? undefined : proofs.join(', ')
  const ours = accessToken !== undefined && decodePayload(accessToken)?.iss === known?.issuer
  return {
    proof,
    accessToken,
    scheme,
    method: state.method || pasted.method,
    url: state.url || pasted.url,
    nonce: state.nonce || undefined,
    now: timeOf(state, proof),
    issuer: ours ? known : undefined,
  }
}

/** Now, or when the proof says that it was made; a time that is none in seconds is judged by the clock. */
function timeOf(state: InspectorState, proof: string | undefined): number {
  const iat = proof && decodePayload(proof)?.iat
  return state.at === 'iat' && typeof iat === 'number' && iat < 1e11 ? iat : Date.now() / 1000
}
