import { type Awaitable, whenReady } from '../awaitable.ts'
import { parseBase64url } from '../base64url.ts'
import { type Finding, fail, PASS, shown } from '../verdict.ts'
import { accessTokenHash } from './access-token-hash.ts'

/** The proof was made for the very token it came with. No secret is compared: whoever sends a token can hash it. @see RFC 9449 §4.3 (12a) */
export function tokenHashMatch(ath: unknown, accessToken: string): Awaitable<Finding> {
  return whenReady(accessTokenHash(accessToken), (expected) => compare(ath, expected))
}

function compare(ath: unknown, expected: string): Finding {
  if (typeof ath !== 'string') {
    return fail('The proof has no ath.', {
      expected,
      received: 'nothing',
      hint: 'A request with an access token needs a proof with its hash.',
    })
  }
  if (ath === expected) return PASS
  return fail('The proof was made for another access token.', {
    expected,
    received: shown(ath),
    ...hintFor(ath, expected),
  })
}

function hintFor(ath: string, expected: string): { hint?: string } {
  const hash = parseBase64url(expected) ?? new Uint8Array()
  const hex = Array.from(hash, (octet) => octet.toString(16).padStart(2, '0')).join('')
  if (ath.toLowerCase() === hex) return { hint: 'ath is in hex; it is base64url without padding.' }
  const bare = ath.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
  if (bare === expected)
    return { hint: 'ath is padded or in standard base64; it is base64url without padding.' }
  return {}
}
