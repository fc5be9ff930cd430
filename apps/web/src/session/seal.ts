import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'

/**
 * Seals what a session row holds. The key is derived from SEAL_SECRET and from the session's id, which the database does not
 * know: neither a copy of the database nor the secret alone opens a row, and no row opens under another id.
 */
export interface Sealer {
  seal(id: string, value: unknown): Uint8Array<ArrayBuffer>
  /** Undefined for whatever was not sealed under this id and this secret. */
  open(id: string, sealed: Uint8Array): unknown
}

const ivLength = 12
const tagLength = 16

export function createSealer(secret: string): Sealer {
  return {
    seal(id, value) {
      const iv = randomBytes(ivLength)
      const cipher = createCipheriv('aes-256-gcm', rowKey(secret, id), iv)
      cipher.setAAD(Buffer.from(hashSessionId(id)))
      const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()])
      return new Uint8Array(Buffer.concat([iv, text, cipher.getAuthTag()]))
    },
    open(id, sealed) {
      if (sealed.length <= ivLength + tagLength) return undefined
      const decipher = createDecipheriv('aes-256-gcm', rowKey(secret, id), sealed.subarray(0, ivLength))
      decipher.setAAD(Buffer.from(hashSessionId(id)))
      decipher.setAuthTag(sealed.subarray(-tagLength))
      try {
        const text = Buffer.concat([decipher.update(sealed.subarray(ivLength, -tagLength)), decipher.final()])
        return JSON.parse(text.toString('utf8'))
      } catch {
        return undefined
      }
    },
  }
}

/** What the database knows of a session id. */
export function hashSessionId(id: string): string {
  return createHash('sha256').update(id).digest('base64url')
}

/** 256 random bits, with a prefix that secret scanners find. */
export function newSessionId(): string {
  return `ws_${randomBytes(32).toString('base64url')}`
}

function rowKey(secret: string, id: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, id, 'keybound web session row', 32))
}
