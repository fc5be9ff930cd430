import { randomBytes } from 'node:crypto'
import type { Ledger, LedgerEntry } from '@keybound/dpop'

/** One way of remembering keys, filled and measured like the others. */
export interface LedgerDriver {
  readonly name: string
  /** The others are measured against it. */
  readonly isBaseline?: boolean
  /** Puts so many random rows, quickly. */
  fill(count: number, expiresAt: number): Promise<void>
  /** Deletes every row but those that were filled with this end. */
  trim(expiresAt: number): Promise<void>
  remember: Ledger['remember']
  /** Puts so many random rows that have ended, or soon will; what it gives ends when all of them are deleted. */
  end?(count: number): Promise<() => Promise<void>>
  /** Octets on disk or in memory. */
  size(): Promise<number>
  close(): Promise<void>
}

/** New proofs as a server would have them remembered. */
export function freshEntries(count: number, now: number): readonly LedgerEntry[] {
  const random = randomBytes(24 * count).toString('base64url')
  return Array.from({ length: count }, (_, i) => ({
    key: random.slice(32 * i, 32 * (i + 1)),
    acceptableFrom: now,
    expiresAt: Math.ceil(now) + 120,
    now,
  }))
}

export function freshEntry(now: number): LedgerEntry {
  const [entry] = freshEntries(1, now)
  if (!entry) throw new TypeError('None was made')
  return entry
}
