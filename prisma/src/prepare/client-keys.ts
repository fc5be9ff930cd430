import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { calculateJwkThumbprint, type JWK } from 'jose'
import { makePrivateDirectory, writePrivateFile } from './private-files.ts'

/**
 * The public keys of the clients that sign their assertions. The private JWKs are `clients/<id>.json`, generated once (ES256, kid =
 * thumbprint); whoever replaces one gives the client a new key at the next start.
 *
 * Throws Error where a file holds no such key.
 */
export async function openClientKeys<Id extends string>(
  data: string,
  ids: readonly Id[],
  report: (line: string) => void,
): Promise<Readonly<Record<Id, JWK>>> {
  const directory = join(data, 'clients')
  makePrivateDirectory(directory)
  const keys = await Promise.all(
    ids.map(async (id) => {
      const file = join(directory, `${id}.json`)
      if (!existsSync(file)) {
        writePrivateFile(file, `${JSON.stringify(await generateClientKey())}\n`)
        report(`generated the key of the client ${id}`)
      }
      return [id, await readPublicKey(file)] as const
    }),
  )
  return Object.fromEntries(keys) as Record<Id, JWK>
}

/** By WebCrypto: Node 20's own generator, followed by an export as JWK, can freeze the process. */
async function generateClientKey(): Promise<JWK> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  const { privateKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const { kty, crv, x, y, d } = await crypto.subtle.exportKey('jwk', privateKey)
  const jwk = { kty, crv, x, y, d } as JWK
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'ES256', use: 'sig' }
}

async function readPublicKey(file: string): Promise<JWK> {
  chmodSync(file, 0o600)
  const { kty, crv, x, y, d }: JWK = JSON.parse(readFileSync(file, 'utf8'))
  if (kty !== 'EC' || crv !== 'P-256' || !x || !y || !d) throw new Error(`${file} holds no private P-256 JWK`)
  const jwk: JWK = { kty, crv, x, y }
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'ES256', use: 'sig' }
}
