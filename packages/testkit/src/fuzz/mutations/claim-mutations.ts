import { lifetime, start, tolerance } from '../draft.ts'
import { sha256 } from '../sign.ts'
import { anyValue, type Mutation } from './mutation.ts'

const names = ['jti', 'htm', 'htu', 'iat', 'ath', 'nonce', 'exp', 'nbf'] as const

export const claimMutations: readonly Mutation[] = [
  { name: 'claim missing', apply: (draft, random) => void delete draft.claims[random.pick(names)] },
  {
    name: 'claim of another type',
    apply: (draft, random) => {
      draft.claims[random.pick(names)] = anyValue(random)
    },
  },
  {
    name: 'unknown claim',
    harmless: true,
    apply: (draft, random) => {
      draft.claims[random.pick(['sub', 'aud', 'cnf', 'constructor', `x-${random.text(5)}`])] = random.text(20)
    },
  },
  {
    name: 'iat at the edge of the window',
    apply: (draft, random) => {
      const edge = random.pick([-lifetime - tolerance, tolerance])
      draft.claims.iat = start + edge + random.pick([-1, -0.001, -1e-7, 0, 1e-7, 0.001, 1])
    },
  },
  {
    name: 'iat elsewhere',
    apply: (draft, random) => {
      draft.claims.iat = random.pick<unknown>([
        start * 1000,
        start + 3600,
        start - 3600,
        -start,
        0,
        2 ** 53 + 1,
        String(start),
      ])
    },
  },
  {
    name: 'a fraction in iat',
    harmless: true,
    apply: (draft, random) => {
      draft.claims.iat = start + random.int(-19, 9) + random.next()
    },
  },
  {
    name: 'jti of another length',
    apply: (draft, random) => {
      draft.claims.jti = random.text(random.pick([0, 1, 127, 128, 129, 3000]))
    },
  },
  {
    name: 'exp and nbf that hold',
    harmless: true,
    apply: (draft) => void Object.assign(draft.claims, { exp: start + 300, nbf: start - 60 }),
  },
  {
    name: 'exp or nbf',
    apply: (draft, random) => {
      draft.claims[random.pick(['exp', 'nbf'])] = start + random.int(-100, 100)
    },
  },
  {
    name: 'htm',
    apply: (draft, random) => {
      draft.claims.htm = random.pick([
        draft.expected.method.toLowerCase(),
        draft.expected.method.toUpperCase(),
        'HEAD',
        'OPTIONS',
        '*',
        `${draft.expected.method} `,
        'GET\n',
        widened(draft.expected.method),
      ])
    },
  },
  {
    name: 'ath',
    apply: (draft, random) => {
      const token = draft.expected.accessToken ?? 'x'
      const right = sha256(token)
      draft.claims.ath = random.pick([
        sha256(`DPoP ${token}`),
        sha256(`${token}x`),
        `${right}=`,
        Buffer.from(right, 'base64url').toString('hex'),
        Buffer.from(right, 'base64url').toString('base64'),
        `${right.slice(0, -1)}B`,
        right.toLowerCase(),
        widened(right),
      ])
    },
  },
  {
    name: 'nonce',
    apply: (draft, random) => {
      const nonce = typeof draft.claims.nonce === 'string' ? draft.claims.nonce : random.text(40)
      draft.claims.nonce = random.pick([
        nonce.slice(0, -1),
        nonce.slice(0, Math.floor(nonce.length / 2)),
        `${nonce}A`,
        `${nonce}=`,
        `${nonce.slice(0, -1)}${nonce.endsWith('A') ? 'B' : 'A'}`,
        nonce.toLowerCase(),
        widened(nonce),
        random.text(nonce.length),
        random.text(300),
      ])
    },
  },
  {
    name: 'claims are no object',
    apply: (draft, random) =>
      void draft.claimsText.push(() => random.pick(['[]', '"x"', '1', 'null', '', '{', '{}', '[{}]'])),
  },
]

/** Another text with the same low octet in each character, which is all that some conversions to octets keep. */
function widened(text: string): string {
  return Array.from(text, (character) => String.fromCharCode(character.charCodeAt(0) + 0x100)).join('')
}
