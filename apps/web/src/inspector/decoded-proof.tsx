import { age } from '../components/age.ts'
import { CodeBox } from '../components/code-box.tsx'
import { decodeProof } from '../proof/decode-proof.ts'

/** A proof taken apart, as far as that goes. Of the request it came with nothing need be known. `now` is a NumericDate. */
export function DecodedProof({ proofJwt, now }: { proofJwt: string; now: number }) {
  const proof = decodeProof(proofJwt)
  if (proof === undefined) return <CodeBox label="Not a JWT that can be decoded">{proofJwt}</CodeBox>
  const { iat } = proof.payload
  return (
    <div className="grid grid-cols-1 gap-3">
      <CodeBox label="Header">{JSON.stringify(proof.header, null, 2)}</CodeBox>
      <CodeBox label="Payload">{JSON.stringify(proof.payload, null, 2)}</CodeBox>
      <CodeBox label="Signature">{proof.signature}</CodeBox>
      {typeof iat === 'number' && iat < 1e11 && (
        <p className="text-muted text-sm">
          Made {age(now - iat)} {iat > now ? 'ahead of' : 'before'} the time at which it is judged.
        </p>
      )}
    </div>
  )
}
