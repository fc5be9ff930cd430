import type { Attack, Expected } from '../attacks/attack.ts'

/** What the pages show of an attack: everything but how it is played. */
export interface AttackDescription {
  readonly number: number
  readonly id: string
  readonly title: string
  readonly story: string
  readonly why: string
  /** The name of what can be switched off. */
  readonly defence?: string
  readonly expected: { readonly withNonce: Expected; readonly withoutNonce: Expected }
  /** Paths in the repository. */
  readonly code: string
  readonly definition: string
  readonly test: string
}

export function describeAttack(attack: Attack): AttackDescription {
  const { number, id, title, story, why, defence, expected, code } = attack
  return {
    number,
    id,
    title,
    story,
    why,
    ...(defence && { defence: defence.name }),
    expected,
    code,
    definition: `apps/lab/src/attacks/${id}.ts`,
    test: 'apps/lab/src/attacks/attacks.test.ts',
  }
}
