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
  /** Paths in the repository. */
  readonly code: string
  readonly definition: string
  readonly test: string
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
  /** Milliseconds. */
  readonly took: number
}

/** Plays one attack. Throws Error with a sentence for people. */
export async function launchAttack(labUrl: string, attack: string, column: Column): Promise<AttackOutcome> {
  const response = await fetch(`${labUrl}/attacks/${attack}?column=${column}`, { method: 'POST' }).catch(
    () => undefined,
  )
  if (!response) throw new Error(`The lab does not answer at ${labUrl}. npm start starts it, in demo mode.`)
  if (!response.ok)
    throw new Error(`The lab refused: ${response.status} ${await response.text()} (${labelOf(column)})`)
  return (await response.json()) as AttackOutcome
}
