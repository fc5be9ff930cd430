import { equalInConstantTime, hmacSha256 } from '#signature'
import { type Awaitable, whenReady } from '../awaitable.ts'
import { firstEpoch, type LedgerEpoch } from '../replay/ledger.ts'

/** What a nonce is worth now. A live one was not given out before the NumericDate `since`, and is accepted until `until`, exclusive. */
export type NonceFinding =
  | { readonly live: true; readonly since?: number; readonly until: number }
  | { readonly live: false; readonly because: 'stale' | 'foreign' }

/** The nonces of one server. Several processes that share the secret are one server; the authorization server and a resource have a secret each. */
export interface Nonces {
  /** The nonce to give out now: the same for everybody until the next step, so that an answer carries a new one only when there is one. */
  issue(now: number): Awaitable<string>
  /** A question, which may be asked again: it uses nothing up. */
  check(nonce: string, now: number): Awaitable<NonceFinding>
}

/** What the nonces of a server are made of. */
export interface NoncesOptions {
  /** At least 32 octets; a string counts in UTF-8. One secret per public origin. */
  readonly secret: Uint8Array | string
  /** Seconds for which a nonce is the newest one; 60 by default. It is accepted for as long again. */
  readonly step?: number
  /** The memory of the ledger, asked each time: a nonce from before a loss of memory is foreign. */
  readonly epoch?: () => LedgerEpoch
}

/**
 * Stateless nonces: an HMAC-SHA-256 over the number of the time step, so that any replica knows any other's, nobody can predict the next and nothing is
 * stored. A nonce of this step or the one before is live. Comparison takes constant time.
 *
 * Throws TypeError for a short secret or a step that is no positive number.
 * @see RFC 9449 §8, §8.1, §9, §11.1
 */
export function createNonces(options: NoncesOptions): Nonces {
  const secret =
    typeof options.secret === 'string' ? new TextEncoder().encode(options.secret) : options.secret.slice()
  const step = options.step ?? 60
  if (secret.length < 32) throw new TypeError('A nonce secret has at least 32 octets')
  if (!(Number.isFinite(step) && step > 0))
    throw new TypeError('A nonce step is a positive number of seconds')

  const epochNow = options.epoch ?? (() => firstEpoch)
  /** The nonces of the steps last asked for: this one and the one before, and briefly a third when the step changes. */
  const made = new Map<number, Awaitable<string>>()
  let madeIn = epochNow().id

  function nonceOf(index: number): Awaitable<string> {
    const { id } = epochNow()
    if (id !== madeIn) made.clear()
    madeIn = id
    const known = made.get(index)
    if (known !== undefined) return known
    const nonce = seal(index)
    made.set(index, nonce)
    if (made.size > 3) made.delete(Math.min(...made.keys()))
    return nonce
  }

  /** `<step>.<MAC>`: the step in clear tells a stale nonce from a foreign one in one computation. */
  function seal(index: number): Awaitable<string> {
    const name = index.toString(36)
    const purpose = `keybound dpop nonce 1\n${name}\n${epochNow().id}`
    return whenReady(hmacSha256(secret, purpose), (mac) => `${name}.${mac}`)
  }

  function live(index: number): NonceFinding {
    return { live: true, since: Math.max(index * step, epochNow().since), until: (index + 2) * step }
  }

  function whyNot(nonce: string, current: number): Awaitable<NonceFinding> {
    // What comes before the dot, or NaN.
    const index = Number.parseInt(nonce, 36)
    if (!(index < current)) return { live: false, because: 'foreign' }
    return whenReady(seal(index), (ours) => ({
      live: false,
      because: equalInConstantTime(nonce, ours) ? 'stale' : 'foreign',
    }))
  }

  return {
    issue: (now) => nonceOf(Math.floor(now / step)),
    check(nonce, now) {
      const current = Math.floor(now / step)
      return whenReady(nonceOf(current), (newest) => {
        if (equalInConstantTime(nonce, newest)) return live(current)
        return whenReady(nonceOf(current - 1), (previous) => {
          if (equalInConstantTime(nonce, previous)) return live(current - 1)
          return whyNot(nonce, current)
        })
      })
    },
  }
}
