'use client'

import { generateKey, type ProofAlg, type Signer } from '@keybound/dpop/client'
import { type ReactNode, useEffect, useState } from 'react'
import { Button } from '../components/button.tsx'
import { Choice } from '../components/choice.tsx'
import { CodeBox } from '../components/code-box.tsx'
import { CopyButton } from '../components/copy-button.tsx'
import { TextField } from '../components/text-field.tsx'
import { type ProofInputs, type ProofInSteps, proofInSteps } from './proof-in-steps.ts'

const algs = [
  { value: 'ES256', name: 'ES256' },
  { value: 'Ed25519', name: 'Ed25519' },
  { value: 'PS256', name: 'PS256' },
] as const

/** A proof from key to signature, every intermediate text on the page. */
export function BuildTab({ onInspect }: { onInspect: (text: string) => void }) {
  const [alg, setAlg] = useState<ProofAlg>('ES256')
  const [signer, setSigner] = useState<Signer>()
  const [inputs, setInputs] = useState<ProofInputs>({
    method: 'GET',
    url: 'https://api.example/profile?page=2',
    accessToken: '',
    nonce: '',
  })
  const [steps, setSteps] = useState<ProofInSteps>()

  useEffect(() => {
    setSigner(undefined)
    generateKey(alg).then(setSigner)
  }, [alg])
  useEffect(() => {
    if (signer)
      proofInSteps(signer, inputs, { now: Date.now() / 1000, jti: crypto.randomUUID() }).then(setSteps)
  }, [signer, inputs])

  const change = (name: keyof ProofInputs) => (event: { target: { value: string } }) =>
    setInputs({ ...inputs, [name]: event.target.value })
  return (
    <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
      <div className="grid gap-3">
        <p className="text-muted">
          What createProof does, one step at a time. The key is made in this page, cannot be exported and is
          gone with it.
        </p>
        <Choice legend="Algorithm" options={algs} current={alg as 'ES256'} onChange={setAlg} />
        <TextField id="build-method" label="Method" value={inputs.method} onChange={change('method')} />
        <TextField id="build-url" label="URL" value={inputs.url} onChange={change('url')} />
        <TextField
          id="build-token"
          label="Access token, if one goes with it"
          value={inputs.accessToken}
          autoComplete="off"
          onChange={change('accessToken')}
        />
        <TextField
          id="build-nonce"
          label="Nonce, if the server gave one"
          value={inputs.nonce}
          autoComplete="off"
          onChange={change('nonce')}
        />
      </div>
      {steps ? (
        <Steps steps={steps} onInspect={() => onInspect(requestOf(inputs, steps))} />
      ) : (
        <p>Making a key.</p>
      )}
    </div>
  )
}

function Steps({ steps, onInspect }: { steps: ProofInSteps; onInspect: () => void }) {
  return (
    <ol className="grid min-w-0 grid-cols-1 gap-4">
      <Step number={1} title="The public key, required members only, sorted">
        <CodeBox label="JSON for the thumbprint (RFC 7638)">{steps.thumbprintInput}</CodeBox>
      </Step>
      <Step number={2} title="Its thumbprint, to which the token will be bound">
        <CodeBox label="base64url(SHA-256 of that) = jkt">{steps.thumbprint}</CodeBox>
      </Step>
      <Step number={3} title="The header: how it is signed, and with whose key">
        <CodeBox>{JSON.stringify(steps.header, null, 2)}</CodeBox>
      </Step>
      <Step number={4} title="The claims: one request, now, once">
        <CodeBox>{JSON.stringify(steps.claims, null, 2)}</CodeBox>
      </Step>
      <Step number={5} title="The signing input">
        <CodeBox label="base64url(header) . base64url(claims)">{steps.signingInput}</CodeBox>
      </Step>
      <Step number={6} title="The signature, by the private key">
        <CodeBox label="base64url">{steps.signature}</CodeBox>
      </Step>
      <Step number={7} title="The proof">
        <CodeBox label="DPoP:" actions={<CopyButton text={steps.proofJwt} />}>
          {steps.proofJwt}
        </CodeBox>
        <Button look="primary" className="mt-3" onClick={onInspect}>
          Inspect it
        </Button>
      </Step>
    </ol>
  )
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li className="grid min-w-0 grid-cols-1 gap-2 sm:grid-cols-[2rem_minmax(0,1fr)]">
      <span
        aria-hidden="true"
        className="grid size-7 place-items-center rounded-full bg-accent-soft font-medium text-accent text-sm"
      >
        {number}
      </span>
      <div className="min-w-0">
        <h2 className="mb-1.5 font-medium">{title}</h2>
        {children}
      </div>
    </li>
  )
}

/** The request that the proof was made for, to be pasted. */
function requestOf({ method, url, accessToken }: ProofInputs, { proofJwt }: ProofInSteps): string {
  const authorization = accessToken ? `Authorization: DPoP ${accessToken}\n` : ''
  return `${method} ${url} HTTP/1.1\n${authorization}DPoP: ${proofJwt}\n`
}
