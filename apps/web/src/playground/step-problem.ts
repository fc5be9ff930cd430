/** A step did not go as it should; the message is for the page. */
export class StepProblem extends Error {
  override readonly name = 'StepProblem'
}
