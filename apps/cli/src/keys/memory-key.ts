import { exportPrivateJwk, generateKey } from '@keybound/dpop'
import type { HeldKey } from './held-key.ts'

/** A new key that ends with the process. */
export async function memoryKey(): Promise<HeldKey> {
  const signer = await generateKey('ES256')
  return {
    signer,
    place: 'in the memory of this process, and gone when it ends',
    staysThere: await exportPrivateJwk(signer).then(
      () => '',
      (refusal: unknown) => (refusal instanceof Error ? refusal.message : String(refusal)),
    ),
    async close() {},
  }
}
