import { type Signer, signerFromKeyPair } from '@keybound/dpop/client'
import type { KeptKey } from './key-store.ts'

export interface PlaygroundKey {
  readonly signer: Signer
  /** NumericDate. */
  readonly createdAt: number
  /** What the browser said when it was asked for the private key; empty where it gave it out. */
  readonly exportRefused: string
}

/** The signer, and the browser's refusal to export the private key: the page shows it as evidence. */
export async function readKey(kept: KeptKey): Promise<PlaygroundKey> {
  const signer = await signerFromKeyPair(kept.pair, kept.alg)
  const exportRefused = await crypto.subtle.exportKey('jwk', kept.pair.privateKey).then(
    () => '',
    (refusal: unknown) => (refusal instanceof Error ? `${refusal.name}: ${refusal.message}` : 'refused'),
  )
  return { signer, createdAt: kept.createdAt, exportRefused }
}
