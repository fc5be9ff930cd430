import { OAuthError } from '@keybound/oauth'
import { sha256 } from '#signature'
import { refusal } from '../checks.ts'
import type { Proof } from '../proof/proof.ts'

/** What a ledger has to remember of a proof. */
export interface LedgerEntry {
  /** base64url SHA-256 of (ledger, jkt, jti): 43 characters, whatever the client chose. */
  readonly key: string
  /** The first whole second at which the record may be forgotten. */
  readonly expiresAt: number
  readonly now: number
}

/**
 * The store of used jti values. `remember` is one atomic insert-if-absent: true exactly once per key until expiresAt. It never prolongs a record, and
 * rejects when it cannot know.
 */
export interface Ledger {
  /** Inserts if absent: true if the key was not there, or its record had expired. */
  remember(entry: LedgerEntry): Promise<boolean>
}

/**
 * The record of a proof in the ledger of that name. Authorization server and resource have a ledger each; a client's jti is its own, since the key is in
 * the hash (RFC 9449 §11.1).
 */
export async function ledgerEntry(ledgerName: string, proof: Proof, now: number): Promise<LedgerEntry> {
  const key = await sha256(JSON.stringify([ledgerName, proof.jkt, proof.jti]))
  return { key, expiresAt: proof.expiresAt, now }
}

/**
 * Spends the jti: the last step before side effects. Rejects with OAuthError invalid_dpop_proof `jti.unused` for a replay, and with
 * temporarily_unavailable `store.available` when the ledger does not answer: never accepted for want of a store.
 */
export async function remember(ledger: Ledger, entry: LedgerEntry): Promise<void> {
  let unused: boolean
  try {
    unused = await ledger.remember(entry)
  } catch (cause) {
    if (cause instanceof OAuthError) throw cause
    throw new OAuthError('temporarily_unavailable', 'store.available', 'Try again in a moment.', { cause })
  }
  if (unused !== true)
    throw refusal('jti.unused', 'This proof was used before; make a new one for every request.')
}
