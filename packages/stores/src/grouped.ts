import { unavailable } from './unavailable.ts'

/** Answers a group of questions that came together, in their order. Rejects where it cannot answer for all of them. */
export type AnswerGroup<Question, Answer> = (questions: readonly Question[]) => Promise<readonly Answer[]>

export interface GroupOptions {
  /** How many groups may be under way. While all of them are, the next one collects. */
  readonly lanes: number
  /** Questions in one group at most. */
  readonly most: number
  /** Whether an error concerns single questions, so that each of the group is asked again by itself. */
  readonly mayAskAlone: (error: unknown) => boolean
}

/**
 * Group commit: what is asked within one turn of the event loop, or while every lane is taken, is answered together.
 * Throws OAuthError temporarily_unavailable where the answer stays unknown; nothing is asked twice after such an end.
 */
export function grouped<Question, Answer>(
  answer: AnswerGroup<Question, Answer>,
  { lanes, most, mayAskAlone }: GroupOptions,
): (question: Question) => Promise<Answer> {
  interface Asked {
    readonly question: Question
    readonly resolve: (answer: Answer) => void
    readonly reject: (error: unknown) => void
  }
  let waiting: Asked[] = []
  let underWay = 0
  let scheduled = false

  function schedule(): void {
    if (scheduled || waiting.length === 0 || underWay === lanes) return
    scheduled = true
    setImmediate(() => {
      scheduled = false
      const group = waiting.slice(0, most)
      waiting = waiting.slice(most)
      underWay += 1
      void settle(group).then(() => {
        underWay -= 1
        schedule()
      })
      schedule()
    })
  }

  async function settle(group: readonly Asked[]): Promise<void> {
    try {
      const answers = await answer(group.map(({ question }) => question))
      for (const [i, { resolve }] of group.entries()) resolve(answers[i] as Answer)
    } catch (error) {
      if (group.length > 1 && mayAskAlone(error)) for (const one of group) await settle([one])
      else for (const { reject } of group) reject(unavailable(error))
    }
  }

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject })
      schedule()
    })
}
