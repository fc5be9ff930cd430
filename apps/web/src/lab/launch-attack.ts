import type { AttackOutcome, Column } from '@keybound/exchange'
import { labelOf } from './label-of-column.ts'

/** Why the lab could not be asked, for the page. */
export class LabProblem extends Error {
  override readonly name = 'LabProblem'
}

/** Plays one attack. Throws LabProblem with a sentence for people. */
export async function launchAttack(
  labUrl: string,
  attack: string,
  column: Column,
  send: typeof fetch = (input, init) => fetch(input, init),
): Promise<AttackOutcome> {
  const url = `${labUrl}/attacks/${attack}?column=${column}`
  const response = await send(url, { method: 'POST' }).catch(() => {
    throw new LabProblem('The lab does not answer. npm start starts it, in demo mode.')
  })
  if (response.status === 429) throw new LabProblem('The lab is busy. Try again in a moment.')
  if (!response.ok) throw new LabProblem(`The lab answered ${response.status} (${labelOf(column)}).`)
  return (await response.json()) as AttackOutcome
}
