/** What was measured, per machine core or per shard; docs/scale.md says where each figure comes from. */
export interface Measured {
  /** Protected requests that one core verifies in a second, behind HTTP. */
  readonly requestsPerCore: number
  /** Ledger writes of one shard in a second. */
  readonly writesPerShard: number
  /** Octets per live jti. */
  readonly octetsPerJti: number
  /** Seconds for which a jti is remembered: the age of a proof, or the end of its nonce. */
  readonly remembered: number
  /** Octets of one ledger write and its answer on the wire. */
  readonly octetsPerWrite: number
}

export interface Needed {
  readonly cores: number
  readonly shards: number
  readonly liveJti: number
  /** Of all shards together. */
  readonly ledgerGigabytes: number
  /** Between API and ledger, megabit per second. */
  readonly network: number
}

/** No part works more than this share of the time: above it the queues grow faster than the load. */
export const headroom = 0.6

/** What so many protected requests per second need. */
export function needed(rate: number, measured: Measured): Needed {
  const liveJti = rate * measured.remembered
  return {
    cores: Math.ceil(rate / (measured.requestsPerCore * headroom)),
    shards: Math.ceil(rate / (measured.writesPerShard * headroom)),
    liveJti,
    ledgerGigabytes: (liveJti * measured.octetsPerJti) / 1e9,
    network: (rate * measured.octetsPerWrite * 8) / 1e6,
  }
}
