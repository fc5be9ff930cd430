import { claimMutations } from './claim-mutations.ts'
import { expectationMutations } from './expectation-mutations.ts'
import { headerMutations } from './header-mutations.ts'
import { keyMutations } from './key-mutations.ts'
import type { Mutation } from './mutation.ts'
import { textMutations } from './text-mutations.ts'
import { uriMutations } from './uri-mutations.ts'

export type { Mutation } from './mutation.ts'

/** Every mutation there is. Their order is part of a case's number: append, never insert. */
export const mutations: readonly Mutation[] = [
  ...headerMutations,
  ...keyMutations,
  ...claimMutations,
  ...uriMutations,
  ...textMutations,
  ...expectationMutations,
]
