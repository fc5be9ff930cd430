import { generateKeyPair, generateProof } from 'dpop'
import { retryForNonce } from './retry-for-nonce.ts'

/** The package `dpop` makes proofs and nothing else: the rest is fetch. */
export async function dpopPackage() {
  const keyPair = await generateKeyPair('ES256')

  return retryForNonce(({ method, url, accessToken, nonce }) =>
    generateProof(keyPair, url, method, nonce, accessToken),
  )
}
