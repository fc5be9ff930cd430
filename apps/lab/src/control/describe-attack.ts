import type { AttackDescription } from '@keybound/exchange'
import type { Attack } from '../attacks/attack.ts'

/** What the pages show of an attack: everything but how it is played. */
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
