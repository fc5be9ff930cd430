import { OAuthError } from '@keybound/oauth'
import { sha256 } from '#signature'
import { refusal } from '../checks.ts'
import type { Proof } from '../proof/proof.ts'

/** What a ledger has to remember of a proof. */
export interface LedgerEntry {
  /** base64url SHA-256 of (ledger, jkt, jti): 43 characters, whatever the client chose. */
  readonly key: string
  /** Whose it is, for a quota: the thumbprint of the client's key. */
  readonly owner?: string
  /** Before this instant it could not have been accepted. Absent: it may be from any time. */
  readonly acceptableFrom?: number
  /** The first whole second at which the record may be forgotten. */
  readonly expiresAt: number
  readonly now: number
}

/** The memory of a ledger. It is another one after a flush, a failover or a restore. */
export interface LedgerEpoch {
  readonly id: string
  /** When it began: what could have been accepted before that counts as used. */
  readonly since: number
}

/** Of a ledger that never lost anything. */
export const firstEpoch: LedgerEpoch = { id: '', since: 0 }

/**
 * The store of used jti values. `remember` is one atomic insert-if-absent: true exactly once per key until expiresAt. It never prolongs a record, and
 * rejects when it cannot know.
 */
export interface Ledger {
  /** Inserts if absent: true if the key was not there, or its record had expired. */
  remember(entry: LedgerEntry): Promise<boolean>
  /** What this process knows of its memory. Absent: it never loses any. */
  epoch?(): LedgerEpoch
}

/**
 * The record of a proof in the ledger of that name. Authorization server and resource have a ledger each; a client's jti is its own, since the key is in
 * the hash (RFC 9449 §11.1).
 */
export async function ledgerEntry(ledgerName: string, proof: Proof, now: number): Promise<LedgerEntry> {
  const key = await sha256(JSON.stringify([ledgerName, proof.jkt, proof.jti]))
  return { key, owner: proof.jkt, acceptableFrom: proof.acceptableFrom, expiresAt: proof.expiresAt, now }
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
