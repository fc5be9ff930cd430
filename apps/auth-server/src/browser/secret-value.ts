import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A fresh secret of 256 bits, behind a prefix by which scanners of logs and repositories know it. */
export function newSecretValue(prefix: string): string {
  return `${prefix}_${randomBytes(32).toString('base64url')}`
}

/** base64url SHA-256: all that is stored of a secret. Enough for a random value of 256 bits, never for a password. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}

/** In constant time, whatever the lengths. */
export function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
