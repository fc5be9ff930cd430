/** What a script may have answered. Throws Error where it is something else: a store that answers nonsense has not decided anything. */
export function wholeNumber(answer: unknown): number {
  if (typeof answer === 'number' && Number.isInteger(answer) && answer >= 0) return answer
  throw new Error('The answer of Redis makes no sense')
}

export function yesOrNo(answer: unknown): boolean {
  const number = wholeNumber(answer)
  if (number > 1) throw new Error('The answer of Redis makes no sense')
  return number === 1
}

export function yesOrNoForEach(answers: unknown, count: number): readonly boolean[] {
  if (!Array.isArray(answers) || answers.length !== count)
    throw new Error('The answer of Redis makes no sense')
  return answers.map(yesOrNo)
}
