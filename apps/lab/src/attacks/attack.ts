import type { CodePlace, Exchange, Expected } from '@keybound/exchange'
import type { Stage } from '../stage/stage.ts'
import type { WorldSettings } from '../world/world-settings.ts'

/** One attack: what is told of it, what is done, and what has to come of it. Page, matrix and tests read this and nothing else. */
export interface Attack {
  readonly number: number
  /** Part of the URL. */
  readonly id: string
  readonly title: string
  /** Two lines: what the thief has, and what the thief does. */
  readonly story: string
  /** Why it fails, or why it works. */
  readonly why: string
  /** The servers without the defence; absent where there is nothing to switch off. */
  readonly defence?: { readonly name: string; readonly off: Partial<WorldSettings> }
  readonly expected: {
    readonly withNonce: Expected
    readonly withoutNonce: Expected
  }
  /** What it comes to where tokens are bearer tokens: this same attack, a stolen token simply used, or nothing of the kind. */
  readonly withBearer: 'same' | 'token' | 'none'
  /** Where it is decided: a file of the repository, and a line of it that occurs once. */
  readonly code: CodePlace
  /** Plays it; the exchanges that decide, the last of which is the attack at its strongest. */
  run(stage: Stage): Promise<readonly Exchange[]>
  /** Something about the servers that is read before and after, for the page. */
  readonly measures?: { readonly what: string; read(): string }
  /** Whether it succeeded; by default, that one of the deciding requests was answered below 400. */
  readonly succeeded?: (decisive: readonly Exchange[]) => boolean
}
