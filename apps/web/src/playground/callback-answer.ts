import { StepProblem } from './step-problem.ts'

/** The request that an answer has to belong to. */
export interface AskedFor {
  readonly issuer: string
  readonly state: string
}

/**
 * Judges what the authorization server sent back with the browser and gives the code.
 * Throws StepProblem for an error answer and for an answer that is not to our request.
 * @see RFC 6749 §4.1.2 · RFC 9207 §2.4
 */
export function codeFromCallback(query: URLSearchParams, asked: AskedFor | undefined): string {
  if (asked === undefined)
    throw new StepProblem('This answer belongs to no request of this tab. Push a new one.')
  const [state, issuer, code] = ['state', 'iss', 'code'].map((name) => single(query, name))
  if (state !== asked.state)
    throw new StepProblem(
      'The state in the answer is not the one that was sent: it is not an answer to this request.',
    )
  if (issuer !== asked.issuer)
    throw new StepProblem(
      'The answer names another issuer (iss) than the one that was asked. This is how a mix-up attack looks.',
    )
  const error = single(query, 'error')
  if (error === 'access_denied')
    throw new StepProblem('You cancelled: access_denied. Push a new request to try again.')
  if (error !== undefined || code === undefined)
    throw new StepProblem(
      `The authorization server answered ${error === undefined ? 'without a code' : error.slice(0, 64)}.`,
    )
  return code
}

function single(query: URLSearchParams, name: string): string | undefined {
  const values = query.getAll(name)
  return values.length === 1 ? values[0] : undefined
}
