import { algDetails, type ProofAlg } from '../key/proof-alg.ts'

/** The parameters with which WebCrypto imports or generates a key for the alg. */
export function importAlgorithm(
  alg: ProofAlg,
): EcKeyImportParams | RsaHashedImportParams | { name: 'Ed25519' } {
  const details = algDetails(alg)
  switch (details.kty) {
    case 'EC':
      return { name: 'ECDSA', namedCurve: details.crv }
    case 'RSA':
      return { name: 'RSA-PSS', hash: details.hash }
    case 'OKP':
      return { name: 'Ed25519' }
  }
}
