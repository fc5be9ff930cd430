import { randomFillSync } from 'node:crypto'

const octets = 32

/** Asking the system for randomness has a price of its own, so it is asked for 64 values at once; each part is used once and then wiped. */
const pool = Buffer.alloc(64 * octets)
let used = pool.length

/** 256 random bits behind a prefix that people, logs and secret scanners recognise. */
export function randomValue(
  prefix:
    | 'code_'
    | 'at_'
    | 'rt_'
    | 'urn:ietf:params:oauth:request_uri:'
    | 'txn_'
    | 'grant_'
    | 'client_'
    | 'cs_'
    | 'rat_'
    | '',
): string {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const value = pool.subarray(used, used + octets)
  used += octets
  const text = value.toString('base64url')
  value.fill(0)
  return prefix + text
}
