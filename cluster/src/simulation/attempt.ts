import type { Fate } from './scheduler.ts'
import type { Replica } from './simulated-platform.ts'

/** What an answer gave to whoever asked. */
export interface Gain {
  readonly requestUri?: string
  readonly code?: string
  readonly refreshToken?: string
  readonly accessToken?: string
}

/** A request that is ready to be sent: once, or byte for byte again. */
export interface Prepared {
  readonly what: 'push' | 'authorize' | 'approve' | 'exchange' | 'refresh' | 'client credentials' | 'read'
  /** The proof, code, assertion, request_uri and transaction that it would spend: each is good for one success ever. */
  readonly spends: readonly string[]
  /** Where it is a thief's: without the key of the token nothing may come of it. */
  readonly stolen?: true
  send(replica: Replica): Promise<Response>
}

/** A request that was sent, and what its sender knows of it. */
export interface Attempt {
  readonly name: string
  readonly prepared: Prepared
  /** The fates that its store calls met. */
  readonly met: Fate[]
  /** `unknown` until an answer came: the replica may have crashed. */
  outcome: 'ok' | 'denied' | 'unknown'
  status?: number
  gain: Gain
}
