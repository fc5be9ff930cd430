import { chmod, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { calculateJwkThumbprint, type JWK } from 'jose'

/** The directory of the private keys, made if need be, for this user alone. */
export async function openKeyDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  await chmod(directory, 0o700)
}

/** Writes `<kid>.json`; an existing file is never replaced. */
export async function writeKeyFile(directory: string, privateJwk: JWK & { kid: string }): Promise<void> {
  const text = `${JSON.stringify(privateJwk)}\n`
  await writeFile(join(directory, `${privateJwk.kid}.json`), text, { mode: 0o600, flag: 'wx' })
}

/** Throws Error, which stops the start, where the file is missing, where others may read it, or where it holds another key than its name says. */
export async function readKeyFile(directory: string, kid: string): Promise<JWK> {
  const file = join(directory, `${kid}.json`)
  const found = await stat(file).catch((cause: unknown) => {
    throw new Error(`The private key ${file} cannot be read: bring it back, or ${replacement}`, { cause })
  })
  if (found.mode & 0o077)
    throw new Error(`The private key ${file} can be read by others: chmod 600 it, or replace it`)
  const jwk = parseKey(await readFile(file, 'utf8'))
  if (!jwk || (await calculateJwkThumbprint(jwk)) !== kid)
    throw new Error(`${file} does not hold the key that its name says: bring it back, or ${replacement}`)
  return jwk
}

/** What helps where a key is lost. */
const replacement = 'make new keys with npm run keys:rotate -- --emergency, which ends every token'

function parseKey(text: string): JWK | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export async function removeKeyFile(directory: string, kid: string): Promise<void> {
  await rm(join(directory, `${kid}.json`), { force: true })
}
