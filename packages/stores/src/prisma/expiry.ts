/** Tables whose rows end; each has an index on its `expires_at`. The ledger has none: its keys are walked. */
export const expiringTables = [
  'codes',
  'grants',
  'refresh_tokens',
  'pushed_requests',
  'transactions',
  'opaque_tokens',
  'revoked_access_tokens',
  'sessions',
  'web_sessions',
  'login_failures',
] as const

/** The keys of the ledger are walked in this many ranges. */
export const ranges = 1024

/** Where a range of keys begins; the end of the last one is longer, and so greater, than any key. */
export function keyAt(range: number): Buffer {
  if (range === ranges) return Buffer.alloc(17, 0xff)
  const start = Buffer.alloc(2)
  start.writeUInt16BE(range * (65_536 / ranges))
  return start
}
