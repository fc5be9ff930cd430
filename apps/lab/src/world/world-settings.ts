import type { CheckId, ProofPolicy } from '@keybound/dpop'

/** What one visitor's servers are like. Everything is a value of the same packages: a table of checks, a policy, a store that forgets. */
export interface WorldSettings {
  readonly scheme: 'Bearer' | 'DPoP'
  readonly nonces: boolean
  /** Rows of the table that the API does not walk. */
  readonly checksOff: readonly CheckId[]
  readonly policy: Partial<ProofPolicy>
  readonly ledger: 'shared' | 'per replica' | 'from receipt' | 'none'
  /** What the authorization server does not keep: the key of a code, of a refresh token, that a client must prove one. */
  readonly forgets: readonly ('code key' | 'refresh key' | 'requirement')[]
  /** Of several DPoP lines the API reads the first, as frameworks do with other headers. */
  readonly firstLineWins: boolean
}

/** As the real servers are. */
export const allDefences: WorldSettings = {
  scheme: 'DPoP',
  nonces: true,
  checksOff: [],
  policy: {},
  ledger: 'shared',
  forgets: [],
  firstLineWins: false,
}

/** A plain OAuth server and API: whoever has a token may use it. */
export const bearerOnly: WorldSettings = {
  ...allDefences,
  scheme: 'Bearer',
  nonces: false,
  forgets: ['code key', 'requirement'],
}
