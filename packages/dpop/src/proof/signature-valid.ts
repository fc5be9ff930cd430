import { type Awaitable, whenReady } from '../awaitable.ts'
import { algDetails, isProofAlg, type ProofAlg } from '../key/proof-alg.ts'
import { type Finding, fail, PASS, skip } from '../verdict.ts'
import type { ProofReading } from './proof-reading.ts'

/** The first step that costs: the key is imported, unless it is known, and the signature verified with it. */
export function signatureValid(reading: ProofReading): Awaitable<Finding> {
  const { header, importKey, signature, signingInput } = reading
  if (importKey === undefined || signature === undefined || !isProofAlg(header?.alg)) {
    return skip('There is no usable key or signature to verify.')
  }
  const octets = signatureOctets(header.alg)
  if (octets !== undefined && signature.length !== octets) return wrongLength(signature, octets)

  return whenReady(importKey(), (verify) => {
    if (verify === undefined) return fail('The key of the proof could not be used.')
    return whenReady(verify(signingInput, signature), (valid) => (valid === true ? PASS : INVALID))
  })
}

const INVALID = fail("The signature does not verify with the proof's own key.")

function signatureOctets(alg: ProofAlg): number | undefined {
  const details = algDetails(alg)
  return 'octets' in details ? 2 * details.octets : undefined
}

function wrongLength(signature: Uint8Array, octets: number): Finding {
  return fail('The signature has the wrong length.', {
    expected: `${octets} octets`,
    received: `${signature.length} octets`,
    ...(isDer(signature)
      ? { hint: 'The signature is in DER; JWS wants r and s side by side (RFC 7518 3.4).' }
      : {}),
  })
}

/** SEQUENCE of two INTEGERs. */
function isDer(signature: Uint8Array): boolean {
  return signature[0] === 0x30 && (signature[2] === 0x02 || signature[3] === 0x02)
}
