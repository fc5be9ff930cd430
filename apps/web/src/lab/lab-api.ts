import type { Exchange } from '@keybound/exchange'
import type { Column } from './columns.ts'
import { labelOf } from './columns.ts'

/** An attack as the lab tells of it: `GET <lab>/attacks`. */
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

/** A line of the repository, by what stands in it. */
export interface CodePlace {
  readonly file: string
  readonly line: string
}

type Expected = 'succeeds' | readonly string[]

/** What came of one attack in one column: `POST <lab>/attacks/<id>?column=<column>`. */
export interface AttackOutcome {
  readonly attack: string
  readonly column: Column
  readonly result: 'stopped' | 'succeeded' | 'not applicable'
  /** The rules that stopped it. */
  readonly by: readonly string[]
  readonly asExpected: boolean
  readonly exchanges: readonly Exchange[]
  /** Ids of the exchanges that decided. */
  readonly decisive: readonly string[]
  /** What the attack measures, before it and after. */
  readonly measured?: { readonly what: string; readonly before: string; readonly after: string }
  /** Milliseconds. */
  readonly took: number
}

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
