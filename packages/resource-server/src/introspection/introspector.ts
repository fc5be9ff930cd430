import { accessTokenHash } from '@keybound/dpop/server'
import { OAuthError, systemClock } from '@keybound/oauth'
import { LRUCache } from 'lru-cache'
import { fetchJson, type OutboundOptions } from '../fetch-json.ts'

export interface IntrospectorOptions extends OutboundOptions {
  readonly endpoint: string
  readonly clientId: string
  readonly clientSecret: string
  /** Seconds for which an answer serves: a revoked token ends within them. 5. */
  readonly maxAge?: number
}

/** What the authorization server says of a token. @see RFC 7662 §2.2 */
export type Introspection =
  | { readonly active: false }
  | ({ readonly active: true } & Readonly<Record<string, unknown>>)

/** Asks the authorization server about tokens. */
export interface Introspector {
  /** Throws OAuthError temporarily_unavailable `introspection.available`: no answer is never "active". `hash` is accessTokenHash(token), if known. */
  ask(token: string, hash?: string): Promise<Introspection>
  /** Whether the token is not active; for `ProtectResourceOptions.isRevoked`. Throws as `ask`. */
  isRevoked(token: string, accessToken?: unknown, hash?: string): Promise<boolean>
}

/** Asks over HTTP, and can tell more than it asks. */
export interface RemoteIntrospector extends Introspector {
  /** Says that a proof was used twice with this token; for `ProtectResourceOptions.onReplay`. What follows is the authorization server's to decide. Throws as `ask`. */
  replaySeen(token: string): Promise<void>
}

/**
 * Asks the introspection endpoint, at most once per token and `maxAge`; requests that come meanwhile share the question.
 * The call itself carries no proof (RFC 9449 §6.2). What is remembered is bounded, and tokens that nobody issued displace none that somebody did.
 */
export function introspector(options: IntrospectorOptions): RemoteIntrospector {
  const { maxAge = 5, clock = systemClock } = options
  const active = new LRUCache<string, Question>({ max: 10_000 })
  /** Those not answered yet, and those answered with no: all that a stranger with made-up tokens can fill. */
  const others = new LRUCache<string, Question>({ max: 1_000 })

  async function ask(token: string, known?: string): Promise<Introspection> {
    const hash = known ?? (await accessTokenHash(token))
    const earlier = active.get(hash) ?? others.get(hash)
    if (earlier && clock() < earlier.at + maxAge) return earlier.answer
    return askAgain(token, hash)
  }

  /** Whatever is known already; those who ask from now on share this question. */
  function askAgain(token: string, hash: string, context?: Readonly<Record<string, string>>) {
    const question = { at: clock(), answer: introspect({ token, ...context }, options) }
    active.delete(hash)
    others.set(hash, question)
    question.answer.then(
      (answer) => answer.active && settle(hash, question) && active.set(hash, question),
      () => settle(hash, question),
    )
    return question.answer
  }

  /** Whether it was still the last question about that token; it no longer stands among the others. */
  function settle(hash: string, question: Question): boolean {
    return others.peek(hash) === question && others.delete(hash)
  }

  return {
    ask,
    isRevoked: async (token, _, hash) => !(await ask(token, hash)).active,
    async replaySeen(token) {
      await askAgain(token, await accessTokenHash(token), { replay_seen: 'true' })
    },
  }
}

interface Question {
  readonly at: number
  readonly answer: Promise<Introspection>
}

async function introspect(
  parameters: Readonly<Record<string, string>>,
  options: IntrospectorOptions,
): Promise<Introspection> {
  const { endpoint, clientId, clientSecret } = options
  try {
    const answer = await fetchJson(
      endpoint,
      {
        method: 'POST',
        headers: { accept: 'application/json', authorization: basic(clientId, clientSecret) },
        body: new URLSearchParams({ ...parameters, token_type_hint: 'access_token' }),
      },
      { timeout: 2, ...options },
    )
    if (!isIntrospection(answer)) throw new TypeError('not an introspection answer')
    return answer
  } catch (cause) {
    const sentence = 'whether the token is revoked cannot be asked just now'
    throw new OAuthError('temporarily_unavailable', 'introspection.available', sentence, { cause })
  }
}

function isIntrospection(answer: unknown): answer is Introspection {
  return (
    typeof answer === 'object' && answer !== null && 'active' in answer && typeof answer.active === 'boolean'
  )
}

/** Both parts are form-encoded before they are joined. @see RFC 6749 §2.3.1 */
function basic(id: string, secret: string): string {
  const encode = (text: string) => new URLSearchParams({ '': text }).toString().slice(1)
  return `Basic ${btoa(`${encode(id)}:${encode(secret)}`)}`
}
