import type { Signer } from '@keybound/dpop/client'
import type { Clock } from '@keybound/oauth'
import type { FlowStepId } from '../flow/flow-steps.ts'
import { type Draft, draftOf, requestOf } from './draft.ts'
import type { WaitingRequest } from './flow-state.ts'
import { signProofWith } from './sign-proof.ts'
import { StepProblem } from './step-problem.ts'

/** `step`: every request waits for its release, and can be changed meanwhile. `all`: nothing waits. */
export type Pace = 'step' | 'all'

export interface SendGate {
  setPace(pace: Pace): void
  /** A fetch in front of `next`. */
  before(next: typeof fetch, about: { stepId: FlowStepId; words: string; key?: Signer }): typeof fetch
  /** Sends the request that waits, as it is now. */
  release(draft: Draft): void
  /** The request that waits is never sent: its fetch rejects with StepProblem. */
  abandon(): void
}

/** Holds requests back one at a time; `show` is told which one waits, and undefined when none does any more. */
export function createSendGate(options: {
  clock: Clock
  show: (waiting: WaitingRequest | undefined) => void
}): SendGate {
  let pace: Pace = 'all'
  let held: { release: (draft: Draft) => void; abandon: () => void } | undefined

  function hold(waiting: WaitingRequest): Promise<Draft> {
    return new Promise((resolve, reject) => {
      held = { release: resolve, abandon: () => reject(new StepProblem('The request was put aside.')) }
      options.show(waiting)
    })
  }

  function letGo(act: (of: NonNullable<typeof held>) => void): void {
    const mine = held
    held = undefined
    options.show(undefined)
    if (mine) act(mine)
  }

  return {
    setPace(next) {
      pace = next
    },
    before: (next, { key, ...about }) =>
      async function heldFetch(input, init) {
        const request = new Request(input, init)
        if (pace === 'all') return next(request)
        const original = await draftOf(request)
        const draft = await hold({ ...about, original, draft: original })
        const sign = key ? signProofWith(key) : withoutKey
        const changed = await requestOf(draft, original, { sign, clock: options.clock }).catch(cannotBeSent)
        return next(changed)
      },
    release: (draft) => letGo((mine) => mine.release(draft)),
    abandon: () => letGo((mine) => mine.abandon()),
  }
}

async function withoutKey(): Promise<never> {
  throw new StepProblem('There is no key to sign a proof with.')
}

function cannotBeSent(fault: unknown): never {
  if (fault instanceof TypeError) throw new StepProblem(`A browser cannot send this: ${fault.message}`)
  throw fault
}
