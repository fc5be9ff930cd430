import { parseChallenges } from '@keybound/oauth'
import type { RawAnswer } from './send-raw.ts'

export interface Answer extends RawAnswer {
  /** Registered code, from the challenge or else from the JSON; empty for a success. */
  readonly error: string
  /** The check id that the description starts with. */
  readonly reason: string
}

/** Reads what an answer says about itself. Throws Error where a refusal shows a stack or leaves the ASCII of RFC 6749. */
export function readRefusal(answer: RawAnswer): Answer {
  if (answer.status < 400) return { ...answer, error: '', reason: '' }
  if (/\bat .+:\d+:\d+|node_modules/.test(answer.text)) throw new Error(`A stack is shown: ${answer.text}`)
  const challenges = parseChallenges(answer.headers.get('www-authenticate') ?? '')
  const said = challenges.find(({ params }) => params.error)?.params ?? parseJson(answer.text)
  const description = said.error_description ?? ''
  if (!/^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/.test(description))
    throw new Error(`Not the ASCII of RFC 6749: ${description}`)
  return {
    ...answer,
    error: said.error ?? '',
    reason: /^[a-z_]+\.[a-z_]+(?=: )/.exec(description)?.[0] ?? '',
  }
}

function parseJson(text: string): Readonly<Record<string, string>> {
  try {
    return JSON.parse(text) as Record<string, string>
  } catch {
    return {}
  }
}
