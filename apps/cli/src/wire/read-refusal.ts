import { parseChallenges } from '@keybound/oauth'
import { isObject } from '../expectation.ts'

/** What a refusing answer says: the registered error, the check that failed, and the sentence. */
export interface Refusal {
  readonly error: string
  /** Id of the check, such as `jti.unused`: Keybound's descriptions start with it. */
  readonly reason: string
  readonly sentence: string
}

/** From the challenge of a resource (RFC 6750 §3) or the JSON of the authorization server (RFC 6749 §5.2). */
export async function readRefusal(response: Response): Promise<Refusal | undefined> {
  if (response.status < 400) return undefined
  const said = challengeOf(response) ?? (await jsonOf(response)) ?? {}
  const description = said.error_description ?? ''
  const [, reason = '', sentence = description] = /^([a-z_]+\.[a-z_]+): (.*)$/s.exec(description) ?? []
  return { error: said.error ?? '', reason, sentence }
}

/** The challenge that explains itself; with several schemes on offer only one carries an error. */
function challengeOf(response: Response): Readonly<Record<string, string>> | undefined {
  const challenges = parseChallenges(response.headers.get('www-authenticate') ?? '')
  return challenges.find((challenge) => challenge.params.error !== undefined)?.params
}

async function jsonOf(response: Response): Promise<Record<string, string> | undefined> {
  try {
    const body: unknown = await response.json()
    return isObject(body)
      ? Object.fromEntries(Object.entries(body).map(([k, v]) => [k, String(v)]))
      : undefined
  } catch {
    return undefined
  }
}
