import { generateKey, type Signer } from '@keybound/dpop'
import type { Narrator } from '../narrator.ts'

export async function makeAKey(narrator: Narrator): Promise<Signer> {
  narrator.step(
    'The client makes a key pair',
    'The private half never leaves the client. The thumbprint (jkt) is the short name of the public half: everything below is bound to it.',
  )
  const key = await generateKey('ES256')
  narrator.fact(
    'key',
    `${key.alg}, ${key.publicJwk.kty} ${'crv' in key.publicJwk ? key.publicJwk.crv : ''}`.trim(),
  )
  narrator.fact('thumbprint', key.jkt)
  return key
}
