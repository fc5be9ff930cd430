/** The barest group commit there is: what is asked in one tick is answered together. */
export function inGroups<Question, Answer>(
  answer: (questions: readonly Question[]) => Promise<readonly Answer[]>,
): (question: Question) => Promise<Answer> {
  let waiting: { question: Question; resolve: (answer: Answer) => void; reject: (fault: unknown) => void }[] =
    []

  async function flush(): Promise<void> {
    const group = waiting
    waiting = []
    try {
      const answers = await answer(group.map(({ question }) => question))
      for (const [i, { resolve }] of group.entries()) resolve(answers[i] as Answer)
    } catch (fault) {
      for (const { reject } of group) reject(fault)
    }
  }
  return (question) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush)
      waiting.push({ question, resolve, reject })
    })
}
