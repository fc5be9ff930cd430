import type { ReactNode } from 'react'
import { age } from '../components/age.ts'
import { CodeBox } from '../components/code-box.tsx'
import { type DecodedProof, decodeProof } from './decode-proof.ts'

/** A proof taken apart: what each member is and which part of the request it covers. `sentAt` is a NumericDate. */
export function ProofView({
  proofJwt,
  sentAt,
  thumbprint,
}: {
  proofJwt: string
  sentAt: number
  thumbprint?: string
}) {
  const proof = decodeProof(proofJwt)
  if (proof === undefined) return <CodeBox label="Not a JWT">{proofJwt}</CodeBox>
  return (
    <div className="grid gap-3">
      <Part name="Header" says="how it is signed, and with whose key">
        {JSON.stringify(proof.header, null, 2)}
      </Part>
      <Part name="Payload" says="what is signed">
        {JSON.stringify(proof.payload, null, 2)}
      </Part>
      <Part name="Signature" says="by the private key that belongs to jwk">
        {proof.signature}
      </Part>
      <Covers proof={proof} sentAt={sentAt} {...(thumbprint === undefined ? {} : { thumbprint })} />
    </div>
  )
}

function Part({ name, says, children }: { name: string; says: string; children: string }) {
  return (
    <CodeBox
      label={
        <>
          <strong className="font-semibold text-text">{name}</strong> {says}
        </>
      }
    >
      {children}
    </CodeBox>
  )
}

function Covers({ proof, sentAt, thumbprint }: { proof: DecodedProof; sentAt: number; thumbprint?: string }) {
  const { header, payload } = proof
  const rows: [name: string, covers: ReactNode][] = [
    [
      'jwk',
      thumbprint ? (
        <>
          the key; its thumbprint is <code>{thumbprint}</code>
        </>
      ) : (
        'the key that the token is bound to'
      ),
    ],
    [
      'htm',
      <>
        the method, <code>{String(payload.htm)}</code>
      </>,
    ],
    [
      'htu',
      <>
        the URL, <code>{String(payload.htu)}</code>
      </>,
    ],
    ['iat', madeWhen(sentAt, Number(payload.iat))],
    ['jti', 'used once: the server remembers it'],
  ]
  if (payload.ath !== undefined) rows.push(['ath', 'the SHA-256 of the access token that travels with it'])
  if (payload.nonce !== undefined) rows.push(['nonce', 'given by this server a moment ago'])
  return (
    <table className="w-full text-left text-sm">
      <caption className="sr-only">What each member of the proof covers</caption>
      <tbody className="divide-y">
        {rows
          .filter(([name]) => name in payload || name in header)
          .map(([name, covers]) => (
            <tr key={name}>
              <th scope="row" className="w-16 py-1.5 align-baseline font-medium">
                <code>{name}</code>
              </th>
              <td className="py-1.5 align-baseline text-muted [overflow-wrap:anywhere]">{covers}</td>
            </tr>
          ))}
      </tbody>
    </table>
  )
}

/** Most clients give whole seconds. */
function madeWhen(sentAt: number, iat: number): string {
  const span = sentAt - iat
  if (span >= 0 && span < 1) return 'made in the second in which it was sent'
  return span < 0 ? `made ${age(span)} ahead of the sending` : `made ${age(span)} before it was sent`
}
