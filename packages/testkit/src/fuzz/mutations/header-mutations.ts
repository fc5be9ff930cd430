import { testKeys } from '../../keys/test-keys.ts'
import { anyValue, type Mutation } from './mutation.ts'

export const headerMutations: readonly Mutation[] = [
  {
    name: 'typ',
    apply: (draft, random) => {
      draft.header.typ = random.pick<unknown>([
        'JWT',
        'at+jwt',
        'DPoP+JWT',
        'application/dpop+jwt',
        'dpop+jwtx',
        'dpop+jwt ',
        anyValue(random),
      ])
    },
  },
  { name: 'no typ', apply: (draft) => void delete draft.header.typ },
  {
    name: 'alg',
    apply: (draft, random) => {
      draft.header.alg = random.pick<unknown>([
        'none',
        'None',
        'HS256',
        'RS256',
        'ES256',
        'ES384',
        'ES256K',
        'PS256',
        'PS512',
        'EdDSA',
        'Ed25519',
        'Ed448',
        'es256',
        '__proto__',
        'constructor',
        anyValue(random),
      ])
    },
  },
  { name: 'no alg', apply: (draft) => void delete draft.header.alg },
  {
    name: 'an algorithm that policy does not allow',
    apply: (draft, random) => {
      draft.key = random.pick([testKeys.ES384, testKeys.ES512])
      draft.header.alg = draft.key.alg
      draft.header.jwk = { ...draft.key.publicJwk }
    },
  },
  {
    name: 'crit',
    apply: (draft, random) => {
      draft.header.crit = random.pick<unknown>([['exp'], [], ['b64'], 'b64', anyValue(random)])
    },
  },
  {
    name: 'b64',
    apply: (draft, random) => {
      draft.header.b64 = random.pick([false, true, 'false'])
    },
  },
  {
    name: 'zip',
    apply: (draft) => {
      draft.header.zip = 'DEF'
    },
  },
  {
    name: 'unknown header member',
    harmless: true,
    apply: (draft, random) => {
      draft.header[random.pick(['kid', 'x5t', 'x5u', 'jku', 'cty', 'iss', `x-${random.text(6)}`])] =
        random.pick(['../../etc/passwd', "' OR 1=1 --", random.text(20)])
    },
  },
  {
    name: 'header is no object',
    apply: (draft, random) =>
      void draft.headerText.push(() => random.pick(['[]', '"x"', '1', 'null', '', '{', '{}', '[{}]'])),
  },
]
