import { randomBytes } from 'node:crypto'
import type { Ledger, LedgerEntry } from '@keybound/dpop'

/** One way of remembering keys, filled and measured like the others. */
export interface LedgerDriver {
  readonly name: string
  /** The others are measured against it. */
  readonly isBaseline?: boolean
  /** Puts so many random rows, quickly. */
  fill(count: number, expiresAt: number): Promise<void>
  remember: Ledger['remember']
  /** Deletes what ended before `now`. */
  sweep?(now: number): Promise<void>
  /** Octets on disk or in memory. */
  size(): Promise<number>
  close(): Promise<void>
}

/** A new proof as a server would have it remembered. */
export function freshEntry(now: number): LedgerEntry {
  return {
    key: randomBytes(24).toString('base64url'),
    acceptableFrom: now,
    expiresAt: Math.ceil(now) + 120,
    now,
  }
}
