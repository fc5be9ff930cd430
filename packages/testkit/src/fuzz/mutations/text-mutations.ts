import { testKeys } from '../../keys/test-keys.ts'
import type { Draft } from '../draft.ts'
import type { Random } from '../random.ts'
import { rawSignature } from '../sign.ts'
import type { Mutation } from './mutation.ts'

/** Changes to the JSON text, to the signature, to the encoding and to the whole: what a parser could be too kind about. */
export const textMutations: readonly Mutation[] = [
  json('whitespace', true, (text, random) => {
    const gap = random.pick([' ', '\n', '\t', '\r\n  '])
    return `${gap}${text.replaceAll('":', `" ${gap}:`)}${gap}`
  }),
  json('escapes', true, (text) =>
    text.replace(/"([a-z])/g, (_, letter: string) => `"\\u00${letter.charCodeAt(0).toString(16)}`),
  ),
  json('duplicate member', undefined, (text, random) => {
    const name = random.pick(['jti', 'htm', 'htu', 'iat', 'typ', 'alg', 'jwk', 'ath', 'nonce'])
    return text.replace('{', `{"${name}":${random.pick(['"x"', '1', 'null', '{}'])},`)
  }),
  json('duplicate member by escape', undefined, (text) =>
    text.replace('{', '{"\\u006ati":"x","\\u0074yp":"x",'),
  ),
  json('byte order mark', undefined, (text) => `\ufeff${text}`),
  json('trailing text', undefined, (text, random) => text + random.pick(['x', '{}', '\u0000', ',', '//'])),
  json('deep nesting', undefined, (text, random) => {
    const depth = random.pick([10, 200, 700])
    return text.replace('{', `{"deep":${'['.repeat(depth)}${']'.repeat(depth)},`)
  }),
  json('odd numbers', undefined, (text, random) =>
    text.replace(
      /"iat":[-\d.]+/,
      `"iat":${random.pick(['1e400', '-0', '1.7672256e9', 'NaN', '01', '+1', '1767225600.', '0x69'])}`,
    ),
  ),
  json('prototype members', undefined, (text) =>
    text.replace('{', '{"__proto__":{"polluted":true},"constructor":1,'),
  ),
  signature('bit flip', (bytes, random) => {
    const out = Buffer.from(bytes)
    const at = random.int(0, out.length - 1)
    out[at] = (out[at] ?? 0) ^ (1 << random.int(0, 7))
    return out
  }),
  signature('other length', (bytes, random) =>
    random.pick([
      bytes.subarray(0, -1),
      bytes.subarray(1),
      Buffer.concat([bytes, Buffer.from([0])]),
      Buffer.alloc(0),
    ]),
  ),
  signature('zeros or ones', (bytes, random) => Buffer.alloc(bytes.length, random.pick([0, 255]))),
  signature('DER', (bytes) => derOf(bytes)),
  {
    name: 'signed by another key',
    apply: (draft, random) => {
      const key = random.pick(Object.values(testKeys))
      draft.signature.push(() => rawSignature(key, 'another text'))
    },
  },
  {
    name: 'another signer',
    apply: (draft, random) => {
      const same = Object.values(testKeys).filter((it) => it.alg === draft.key.alg && it !== draft.key)
      if (same.length > 0) draft.key = random.pick(same)
    },
  },
  whole('one character changed', (proof, random) => {
    const at = random.int(0, Math.max(0, proof.length - 1))
    return proof.slice(0, at) + random.text(1) + proof.slice(at + 1)
  }),
  whole('one character gone', (proof, random) => {
    const at = random.int(0, Math.max(0, proof.length - 1))
    return proof.slice(0, at) + proof.slice(at + 1)
  }),
  whole('one character more', (proof, random) => {
    const at = random.int(0, proof.length)
    const what = random.pick([
      ' ',
      '\t',
      '\n',
      '=',
      '+',
      '/',
      '.',
      ',',
      '"',
      '\u0000',
      '\u0080',
      'é',
      random.text(1),
    ])
    return proof.slice(0, at) + what + proof.slice(at)
  }),
  whole('spare bits', (proof) =>
    proof.replace(/[A-Za-z0-9_-](?=\.|$)/g, (last) => ({ A: 'B', Q: 'R', g: 'h', w: 'x' })[last] ?? last),
  ),
  whole('padding', (proof) => `${proof.replaceAll('.', '=.')}=`),
  whole('another shape', (proof, random) => {
    const [header = '', claims = '', last = ''] = proof.split('.')
    return random.pick([
      `${header}.${claims}`,
      `${header}.${claims}.`,
      `${header}..${last}`,
      `.${claims}.${last}`,
      `${proof}.${last}`,
      `${proof}.x.y`,
      `${proof},${proof}`,
      `${proof}, ${proof}`,
      `${claims}.${header}.${last}`,
      `"${proof}"`,
      `DPoP ${proof}`,
      JSON.stringify({ protected: header, payload: claims, signature: last }),
      '.'.repeat(random.int(0, 9000)),
      '',
    ])
  }),
]

function json(
  name: string,
  harmless: true | undefined,
  change: (text: string, random: Random) => string,
): Mutation {
  return {
    name: `JSON: ${name}`,
    ...(harmless ? { harmless } : {}),
    apply(draft: Draft, random: Random) {
      random.pick([draft.headerText, draft.claimsText]).push((text) => change(text, random))
    },
  }
}

function signature(name: string, change: (bytes: Buffer, random: Random) => Buffer): Mutation {
  return {
    name: `signature: ${name}`,
    apply: (draft, random) => void draft.signature.push((bytes) => change(bytes, random)),
  }
}

function whole(name: string, change: (proof: string, random: Random) => string): Mutation {
  return {
    name: `text: ${name}`,
    apply: (draft, random) => void draft.text.push((proof) => change(proof, random)),
  }
}

/** A raw ECDSA signature as ASN.1 DER, the form that many signers give. */
function derOf(raw: Buffer): Buffer {
  const half = Math.floor(raw.length / 2)
  const integer = (bytes: Buffer) => {
    const value = (bytes[0] ?? 0) > 127 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes
    return Buffer.concat([Buffer.from([2, value.length]), value])
  }
  const body = Buffer.concat([integer(raw.subarray(0, half)), integer(raw.subarray(half))])
  return Buffer.concat([Buffer.from([0x30, body.length]), body])
}
