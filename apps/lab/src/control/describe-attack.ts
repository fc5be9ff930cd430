import type { Attack, CodePlace, Expected } from '../attacks/attack.ts'

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
  /** The line that decides, the attack as it is played, and the test that plays it. */
  readonly code: CodePlace
  readonly definition: CodePlace
  readonly test: CodePlace
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
    definition: { file: `apps/lab/src/attacks/${id}.ts`, line: 'async run(' },
    test: { file: 'apps/lab/src/attacks/attacks.test.ts', line: 'describe.each(attacks)' },
  }
}
