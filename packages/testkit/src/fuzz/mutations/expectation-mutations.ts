import { start } from '../draft.ts'
import type { Mutation } from './mutation.ts'

/** The proof stays as it is, the request that it comes with changes. */
export const expectationMutations: readonly Mutation[] = [
  {
    name: 'request: another method',
    apply: (draft, random) => {
      draft.expected.method = random.pick(['GET', 'POST', 'HEAD', 'post', 'DELETE'])
    },
  },
  {
    name: 'request: another URL',
    apply: (draft, random) => {
      draft.expected.url = random.pick([
        'https://server.example.com/token2',
        'https://server.example.com/',
        'https://resource.example.org/protectedresource',
        'http://localhost:4000/token',
      ])
    },
  },
  {
    name: 'request: another token',
    apply: (draft, random) => {
      draft.expected.accessToken = random.text(random.int(1, 60))
    },
  },
  { name: 'request: no token', harmless: true, apply: (draft) => void delete draft.expected.accessToken },
  {
    name: 'request: nonces wanted',
    apply: (draft) => {
      draft.expected.nonces = true
    },
  },
  {
    name: 'request: another time',
    apply: (draft, random) => {
      draft.expected.now = start + random.pick([-121, -61, -11, -1, 1, 21, 31, 61, 121])
    },
  },
]
