const placeholder = /^(?:change|default|example|insert|password|placeholder|secret|test|your)(?:[-_ ]|me|it)/i

/**
 * Why a secret between programs must not be used, in words that go behind its name and never show it; undefined where nothing is wrong: 32 bytes or more of
 * UTF-8, eight different characters or more, and no placeholder of an example that nobody replaced.
 *
 * Does not check: that it is random, which no text can show. Not for passwords of people.
 * @see RFC 6749 §10.10
 */
export function weaknessOfSecret(secret: string): string | undefined {
  if (new TextEncoder().encode(secret).length < 32) return 'must be at least 32 bytes long'
  if (new Set(secret).size < 8) return 'is too simple: use 32 random bytes'
  if (placeholder.test(secret)) return 'looks like an example: use 32 random bytes'
  return undefined
}
