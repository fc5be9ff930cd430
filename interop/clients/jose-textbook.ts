import { createHash, randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { retryForNonce } from './retry-for-nonce.ts'

/** A client as a reader of RFC 9449 writes it with jose alone. */
export async function joseTextbook() {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const jwk = await exportJWK(publicKey)

  return retryForNonce(({ method, url, accessToken, nonce }) => {
    const ath = accessToken && createHash('sha256').update(accessToken).digest('base64url')
    return new SignJWT({
      jti: randomUUID(),
      htm: method,
      htu: url,
      ...(ath && { ath }),
      ...(nonce && { nonce }),
    })
      .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk })
      .setIssuedAt()
      .sign(privateKey)
  })
}
