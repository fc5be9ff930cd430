import type { Env } from '../env.ts'
import type { HeldKey } from '../keys/held-key.ts'
import type { OwnKeyKind } from '../keys/key-kind.ts'
import { openKey } from '../keys/open-key.ts'
import type { Narrator } from '../narrator.ts'

export async function openTheKey(kind: OwnKeyKind, env: Env, narrator: Narrator): Promise<HeldKey> {
  narrator.step(
    'The client has a key pair',
    'The private half never leaves the client. The thumbprint (jkt) is the short name of the public half: everything below is bound to it.',
  )
  const held = await openKey(kind, env)
  const { alg, publicJwk, jkt } = held.signer
  narrator.fact('key', `${alg}, ${publicJwk.kty} ${'crv' in publicJwk ? publicJwk.crv : ''}`.trim())
  narrator.fact('thumbprint', jkt)
  narrator.fact('private half', held.place)
  if (held.staysThere) narrator.fact('kept there', held.staysThere)
  return held
}
