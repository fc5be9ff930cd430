/** One challenge of a `WWW-Authenticate` value. The scheme keeps its case and is compared without it; names of params are lower case. */
export interface Challenge {
  readonly scheme: string
  readonly params: Readonly<Record<string, string>>
  readonly token68?: string
}

const SEPARATORS = /[ \t]*(?:,[ \t]*)*/y
const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y
const TOKEN68 = /[A-Za-z0-9\-._~+/]+=*(?=[ \t]*(?:,|$))/y
const EQUALS = /[ \t]*=[ \t]*/y
const QUOTED_STRING = /"((?:[^"\\]|\\.)*)"/sy
const SPACES = /[ \t]+/y
const MEMBER_ENDS = /(?=[ \t]*(?:,|$))/y

/**
 * Every challenge of a `WWW-Authenticate` value, in order, whatever stands first: several schemes in one value, quoted
 * strings that hold commas and quotes, token68, empty list members.
 *
 * A value that stops being well formed gives what stands before the fault. Of a repeated parameter the first counts.
 * @see RFC 9110 §11.6.1
 */
export function parseChallenges(value: string): Challenge[] {
  const challenges: Challenge[] = []
  let at = 0

  take(SEPARATORS)
  for (let scheme = take(TOKEN); scheme !== undefined; scheme = take(TOKEN)) {
    const spaced = take(SPACES) !== undefined
    if (!spaced && take(MEMBER_ENDS) === undefined) return challenges
    const token68 = spaced ? take(TOKEN68) : undefined
    if (token68 !== undefined) {
      challenges.push({ scheme, params: noParams(), token68 })
    } else {
      const params = noParams()
      challenges.push({ scheme, params })
      for (let found = spaced && takeParameter(); found; found = takeParameter()) {
        params[found.name] ??= found.value
        if (take(MEMBER_ENDS) === undefined) return challenges
        if (take(SEPARATORS) === '') return challenges
      }
    }
    take(SEPARATORS)
  }
  return challenges

  /** The text that the pattern matches here, and the position moves behind it; or undefined, and it stays. */
  function take(pattern: RegExp, group = 0): string | undefined {
    pattern.lastIndex = at
    const match = pattern.exec(value)
    if (match === null) return undefined
    at = pattern.lastIndex
    return match[group]
  }

  /** `name = value`; where it is not, the position stays: what follows may be the next challenge. */
  function takeParameter(): { name: string; value: string } | undefined {
    const start = at
    const name = take(TOKEN)
    if (name !== undefined && take(EQUALS) !== undefined) {
      const text = take(QUOTED_STRING, 1)?.replace(/\\(.)/gs, '$1') ?? take(TOKEN)
      if (text !== undefined) return { name: name.toLowerCase(), value: text }
    }
    at = start
    return undefined
  }
}

/**
 * `DPoP error="use_dpop_nonce", algs="ES256"`: every value a quoted-string, escaped where it must be.
 *
 * Throws TypeError for what no header can carry: a scheme or name that is no token, control characters, non-ASCII.
 * @see RFC 9110 §11.2, §5.6.4
 */
export function formatChallenge(challenge: Challenge): string {
  const { scheme, params, token68 } = challenge
  requireToken(scheme)
  if (token68 !== undefined) {
    if (!/^[A-Za-z0-9\-._~+/]+=*$/.test(token68)) throw new TypeError('Not a token68')
    return `${scheme} ${token68}`
  }
  const parameters = Object.entries(params).map(([name, value]) => `${requireToken(name)}=${quote(value)}`)
  return parameters.length === 0 ? scheme : `${scheme} ${parameters.join(', ')}`
}

function noParams(): Record<string, string> {
  return Object.create(null) as Record<string, string>
}

function requireToken(text: string): string {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text)) throw new TypeError('Not a token of RFC 9110')
  return text
}

function quote(text: string): string {
  if (!/^[\t\x20-\x7e]*$/.test(text)) throw new TypeError('A challenge parameter is printable ASCII')
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}
