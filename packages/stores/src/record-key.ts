import { hash } from 'node:crypto'

/** 16 bytes of a SHA-256: two keys that meet by chance would cost a client one retry in 10^26 requests. */
export function recordKey(key: string): Buffer {
  return hash('sha256', key, 'buffer').subarray(0, 16)
}
