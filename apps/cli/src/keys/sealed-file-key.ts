import { chmod, mkdir, open, readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { exportPrivateJwk, generateKey, signerFromJwk } from '@keybound/dpop'
import { CompactEncrypt, compactDecrypt, errors, type JWK } from 'jose'
import type { HeldKey } from './held-key.ts'

/** PBKDF2 with HMAC-SHA-512, as often as OWASP asks: it makes each guess of the passphrase cost a tenth of a second. */
const iterations = 210_000
const alg = 'PBES2-HS512+A256KW'

export interface SealedFile {
  readonly file: string
  readonly passphrase: string
}

/**
 * The key in a file, as the encrypted JWK of RFC 7517 §7 under a passphrase; made where there is none. Opened, the key is in memory like any other.
 *
 * Rejects with Error where others can read the file, where the passphrase is not the one it was sealed with, and where the file is no sealed key.
 * Does not check: how good the passphrase is, beyond its being at least 12 characters long.
 */
export async function sealedFileKey({ file, passphrase }: SealedFile): Promise<HeldKey> {
  if (passphrase.length < 12) throw new Error('The passphrase of a sealed key has at least 12 characters')
  const secret = new TextEncoder().encode(passphrase.normalize('NFC'))
  const jwk = (await openSealed(file, secret)) ?? (await makeSealed(file, secret))
  return {
    signer: await signerFromJwk(jwk),
    place: `in ${file}, sealed with a passphrase; readable by its owner alone`,
    async close() {},
  }
}

/** Undefined where there is no such file. */
async function openSealed(file: string, secret: Uint8Array): Promise<JWK | undefined> {
  const found = await stat(file).catch(() => undefined)
  if (found === undefined) return undefined
  if ((found.mode & 0o077) !== 0)
    throw new Error(`${file} can be read by others. Make it yours alone: chmod 600 ${file}`)
  try {
    const { plaintext } = await compactDecrypt((await readFile(file, 'utf8')).trim(), secret, {
      keyManagementAlgorithms: [alg],
      contentEncryptionAlgorithms: ['A256GCM'],
      maxPBES2Count: iterations,
    })
    return JSON.parse(new TextDecoder().decode(plaintext)) as JWK
  } catch (cause) {
    const wrong = cause instanceof errors.JWEDecryptionFailed
    throw new Error(wrong ? `The passphrase does not open ${file}` : `${file} is no sealed key`, { cause })
  }
}

/** `wx`: of two that start at once, one makes the file and the other fails, and no key is written over. */
async function makeSealed(file: string, secret: Uint8Array): Promise<JWK> {
  const jwk = await exportPrivateJwk(await generateKey('ES256', { extractable: true }))
  const sealed = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(jwk)))
    .setProtectedHeader({ alg, enc: 'A256GCM', cty: 'jwk+json' })
    .setKeyManagementParameters({ p2c: iterations })
    .encrypt(secret)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(`${sealed}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await chmod(file, 0o600)
  return jwk
}
