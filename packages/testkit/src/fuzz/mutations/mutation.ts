import type { Draft } from '../draft.ts'
import type { Random } from '../random.ts'

/** One change to a good proof. A harmless one leaves it acceptable under Keybound's policy, alone and with other harmless ones. */
export interface Mutation {
  readonly name: string
  readonly harmless?: true
  apply(draft: Draft, random: Random): void
}

/** Values of every JSON type and of awkward sizes, for members that want another. */
export function anyValue(random: Random): unknown {
  return random.pick<unknown>([
    null,
    true,
    false,
    0,
    -1,
    1.5,
    2 ** 53 + 1,
    '',
    ' ',
    'x',
    '\u0000',
    '\ud800',
    'é',
    random.text(random.int(1, 400)),
    [],
    {},
    ['x'],
    { not: 'x' },
    { contains: '' },
  ])
}
