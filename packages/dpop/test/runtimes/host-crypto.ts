import * as crypto from 'node:crypto'

/** What the tests' node:crypto can ask for. */
const CALLS = {
  hash: (algorithm: string, data: Buffer) => crypto.createHash(algorithm).update(data).digest(),
  hmac: (algorithm: string, key: Buffer, data: Buffer) =>
    crypto.createHmac(algorithm, key).update(data).digest(),
  sign: crypto.sign,
  verify: crypto.verify,
  export: (key: crypto.KeyObject, options: crypto.KeyExportOptions<'pem'>) => key.export(options),
  generateKeyPairSync: crypto.generateKeyPairSync,
} as const

export type HostCall = keyof typeof CALLS

/** Answers one call of `node-crypto.ts`: JSON in, JSON out, never throws. */
export function answerHostCall(call: string): string {
  try {
    const { name, args } = JSON.parse(call) as { name: HostCall; args: unknown[] }
    const value = (CALLS[name] as (...args: unknown[]) => unknown)(...args.map(unpacked))
    return JSON.stringify({
      value: value instanceof Uint8Array ? { $octets: Buffer.from(value).toString('base64url') } : value,
    })
  } catch (error) {
    return JSON.stringify({ error: String(error) })
  }
}

function unpacked(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const { $octets, $key, source } = value as { $octets?: string; $key?: string; source?: never }
  if ($octets !== undefined) return Buffer.from($octets, 'base64url')
  if ($key !== undefined)
    return $key === 'private' ? crypto.createPrivateKey(source ?? '') : crypto.createPublicKey(source ?? '')
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, unpacked(member)]))
}
