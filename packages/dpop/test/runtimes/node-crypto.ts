// node:crypto as far as the tests use it, in a runtime that has none: each call is made by the host. The code under test never gets this.
import type { HostCall } from './host-crypto.ts'
import { Buffer, type OctetBuffer } from './octet-buffer.ts'

/** Given by whoever runs the suite: takes and returns JSON, at once. */
declare const askHost: (call: string) => string

type Octets = Uint8Array | string

/** A key of node:crypto: what it is made of, made anew for each call. */
class HostKey {
  readonly $key: 'private' | 'public'
  readonly source: unknown
  constructor($key: 'private' | 'public', source: unknown) {
    this.$key = $key
    this.source = source
  }
  export(options: unknown) {
    return ask('export', this, options)
  }
}

export function createPrivateKey(source: unknown) {
  return new HostKey('private', source)
}

export function createPublicKey(source: unknown) {
  return new HostKey('public', source)
}

export function generateKeyPairSync(type: string, options: unknown) {
  return ask('generateKeyPairSync', type, options)
}

export function sign(algorithm: string | null, data: Octets, key: unknown) {
  return ask('sign', algorithm, data, key)
}

export function verify(algorithm: string | null, data: Octets, key: unknown, signature: Octets) {
  return ask('verify', algorithm, data, key, signature)
}

export function createHash(algorithm: string) {
  return digester((data) => ask('hash', algorithm, data))
}

export function createHmac(algorithm: string, key: Octets) {
  return digester((data) => ask('hmac', algorithm, key, data))
}

function digester(digest: (data: Octets) => OctetBuffer) {
  return {
    update: (data: Octets) => ({ digest: (encoding?: 'base64url' | 'hex') => asked(digest(data), encoding) }),
  }
}

function asked(octets: OctetBuffer, encoding?: 'base64url' | 'hex') {
  return encoding === undefined ? octets : octets.toString(encoding)
}

// biome-ignore lint/suspicious/noExplicitAny: as many types as there are calls
function ask(name: HostCall, ...args: unknown[]): any {
  const { value, error } = JSON.parse(askHost(JSON.stringify({ name, args: args.map(packed) })))
  if (error !== undefined) throw new Error(error)
  return unpacked(value)
}

function packed(value: unknown): unknown {
  if (value instanceof Uint8Array) return { $octets: Buffer.from(value).toString('base64url') }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, packed(member)]))
}

function unpacked(value: { $octets?: string }) {
  return value?.$octets === undefined ? value : Buffer.from(value.$octets, 'base64url')
}
