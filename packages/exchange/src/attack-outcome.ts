import type { CheckId } from '@keybound/dpop'
import type { Exchange } from './exchange.ts'

/** The columns of the lab's matrix: what the servers are like that an attack is played against. */
export const columns = ['bearer', 'dpop-without-nonce', 'dpop', 'defence-off'] as const
export type Column = (typeof columns)[number]

/** What has to come out: the rules that stop it, or that it succeeds. */
export type Expected = 'succeeds' | readonly (CheckId | 'pkce.match' | 'http.header_size')[]

/** A line of the repository: by what stands in it, since its number changes. */
export interface CodePlace {
  readonly file: string
  readonly line: string
}

/** An attack as the lab tells of it, which is everything but how it is played: `GET <lab>/attacks`. */
export interface AttackDescription {
  readonly number: number
  readonly id: string
  readonly title: string
  /** Two lines: what the thief has, and what the thief does. */
  readonly story: string
  /** Why it fails, or why it works. */
  readonly why: string
  /** The name of what can be switched off. */
  readonly defence?: string
  readonly expected: { readonly withNonce: Expected; readonly withoutNonce: Expected }
  /** The line that decides, the attack as it is played, and the test that plays it. */
  readonly code: CodePlace
  readonly definition: CodePlace
  readonly test: CodePlace
}

/** What came of one attack in one column: `POST <lab>/attacks/<id>?column=<column>`. */
export interface AttackOutcome {
  readonly attack: string
  readonly column: Column
  readonly result: 'stopped' | 'succeeded' | 'not applicable'
  /** The rules that stopped it, in the order of the attempts. */
  readonly by: readonly string[]
  readonly asExpected: boolean
  /** Both lanes, in the order in which they were sent. As they were: keys and tokens of a world that nobody else knows. Redact them for others. */
  readonly exchanges: readonly Exchange[]
  /** Ids of the exchanges that decided. */
  readonly decisive: readonly string[]
  /** What the attack measures, before it and after. */
  readonly measured?: { readonly what: string; readonly before: string; readonly after: string }
  /** Milliseconds. */
  readonly took: number
}
