import { testKeys } from '../../keys/test-keys.ts'
import type { Draft } from '../draft.ts'
import type { Random } from '../random.ts'
import { anyValue, type Mutation } from './mutation.ts'

export const keyMutations: readonly Mutation[] = [
  { name: 'no jwk', apply: (draft) => void delete draft.header.jwk },
  {
    name: 'jwk of another shape',
    apply: (draft, random) => {
      draft.header.jwk = anyValue(random)
    },
  },
  {
    name: 'private or symmetric member',
    apply: (draft, random) => {
      const name = random.pick(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'])
      jwk(draft)[name] = random.pick<unknown>([draft.key.privateJwk.d, random.text(43), '', null])
    },
  },
  {
    name: 'a member missing',
    apply: (draft, random) => void delete jwk(draft)[random.pick(['kty', 'crv', 'x', 'y', 'n', 'e'])],
  },
  {
    name: 'a member of another value',
    apply: (draft, random) => {
      jwk(draft)[random.pick(['kty', 'crv', 'x', 'y', 'n', 'e'])] = random.pick<unknown>([
        'EC',
        'RSA',
        'OKP',
        'oct',
        'P-256',
        'P-384',
        'Ed448',
        'X25519',
        'AQAB',
        'AQ',
        'AA',
        random.text(43),
        random.text(342),
        anyValue(random),
      ])
    },
  },
  {
    name: 'a member in another spelling',
    apply: (draft, random) => {
      const name = random.pick(['x', 'y', 'n', 'e'])
      const value = jwk(draft)[name]
      if (typeof value === 'string') jwk(draft)[name] = respell(value, random)
    },
  },
  {
    name: 'another key in the header',
    apply: (draft, random) => {
      draft.header.jwk = { ...random.pick(Object.values(testKeys)).publicJwk }
    },
  },
  {
    name: 'a harmless member',
    harmless: true,
    apply: (draft, random) => {
      const [name, value] = random.pick<[string, unknown]>([
        ['kid', random.text(12)],
        ['use', 'sig'],
        ['alg', draft.header.alg],
        ['key_ops', ['verify']],
        ['x5t', random.text(27)],
        [`x-${random.text(4)}`, { deep: [1, null] }],
      ])
      jwk(draft)[name] = value
    },
  },
  {
    name: 'a contradicting member',
    apply: (draft, random) => {
      const [name, value] = random.pick<[string, unknown]>([
        ['use', 'enc'],
        ['alg', 'RS256'],
        ['key_ops', ['sign']],
        ['key_ops', 'verify'],
        ['ext', anyValue(random)],
      ])
      jwk(draft)[name] = value
    },
  },
]

/** The jwk as an object that can be changed; an empty one where an earlier mutation took it away. */
function jwk(draft: Draft): Record<string, unknown> {
  const { jwk: value } = draft.header
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>
  const fresh: Record<string, unknown> = {}
  draft.header.jwk = fresh
  return fresh
}

/** The same bytes, or nearly, written otherwise: padded, in the other alphabet, with spare bits, with a leading zero. */
function respell(value: string, random: Random): string {
  const bytes = Buffer.from(value, 'base64url')
  return random.pick([
    `${value}=`,
    `${value}==`,
    bytes.toString('base64'),
    bytes.toString('hex'),
    Buffer.concat([Buffer.from([0]), bytes]).toString('base64url'),
    bytes.subarray(1).toString('base64url'),
    `${value} `,
    `${value.slice(0, -1)}${random.pick(['A', 'B', '_', '-', 'z'])}`,
  ])
}
