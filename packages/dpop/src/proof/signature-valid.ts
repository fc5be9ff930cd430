import { algDetails, isProofAlg, type ProofAlg } from '../key/proof-alg.ts'
import { type Finding, fail, PASS, skip } from '../verdict.ts'
import type { ProofReading } from './proof-reading.ts'

/** The first step that costs: the key is imported, unless it is known, and the signature verified with it. */
export async function signatureValid(reading: ProofReading): Promise<Finding> {
  const { header, importKey, signature, signingInput } = reading
  if (
    importKey === undefined ||
    signature === undefined ||
    signingInput === undefined ||
    !isProofAlg(header?.alg)
  ) {
    return skip('There is no usable key or signature to verify.')
  }
  const verify = await importKey()
  if (verify === undefined) return fail('The key of the proof could not be used.')
  const octets = signatureOctets(header.alg)
  if (octets !== undefined && signature.length !== octets) {
    return fail('The signature has the wrong length.', {
      expected: `${octets} octets`,
      received: `${signature.length} octets`,
      ...(isDer(signature)
        ? { hint: 'The signature is in DER; JWS wants r and s side by side (RFC 7518 3.4).' }
        : {}),
    })
  }
  return (await verify(signingInput, signature))
    ? PASS
    : fail("The signature does not verify with the proof's own key.")
}

function signatureOctets(alg: ProofAlg): number | undefined {
  const details = algDetails(alg)
  return 'octets' in details ? 2 * details.octets : undefined
}

/** SEQUENCE of two INTEGERs. */
function isDer(signature: Uint8Array): boolean {
  return signature[0] === 0x30 && (signature[2] === 0x02 || signature[3] === 0x02)
}
