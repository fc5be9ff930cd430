import type { Jkt, LedgerEntry } from '@keybound/dpop'
import type { AuthorizationRequest } from '../authorization/authorization-request.ts'
import type { OpaqueTokenRecord } from '../token/opaque-tokens.ts'

/** What a user granted to a client; every token of one authorization belongs to it. Client credentials need none. Times are NumericDates. */
export interface Grant {
  /** Opaque; the `grant_id` of its access tokens. */
  readonly id: string
  readonly clientId: string
  readonly subject: string
  readonly scope: readonly string[]
  readonly resources: readonly string[]
  /** The key that redeemed the code: only its holder can make a second redemption count as reuse. Absent where no proof was sent. */
  readonly jkt?: Jkt
  readonly authTime: number
  readonly sessionId?: string
  readonly createdAt: number
  readonly expiresAt: number
  readonly revokedAt?: number
}

/** An authorization code, kept under its hash. Live until `expiresAt`, consumed once. */
export interface CodeRecord {
  readonly hash: string
  readonly request: AuthorizationRequest
  readonly subject: string
  readonly authTime: number
  readonly sessionId?: string
  readonly expiresAt: number
  /** Set by the one redemption that succeeded. */
  readonly consumedAt?: number
  readonly grantId?: string
}

/**
 * A refresh token, kept under its hash.
 * live → rotated (rotatedAt, successorHash) → its successor voided and replaced within the retry window, or its family ended.
 */
export interface RefreshTokenRecord {
  readonly hash: string
  readonly grantId: string
  /** The key of a public client's token (RFC 9449 §5); absent for confidential clients. */
  readonly jkt?: Jkt
  readonly scope: readonly string[]
  readonly issuedAt: number
  readonly expiresAt: number
  readonly rotatedAt?: number
  readonly successorHash?: string
  readonly voidedAt?: number
}

/** One conditional write. It says what it does and under which condition it holds. */
export type Write =
  /** Holds if the key is not remembered, or its record ended before `now`. `withGrants`: in the store of the grants, wherever the ledger is. */
  | ({ readonly do: 'remember'; readonly withGrants?: true } & LedgerEntry)
  /** Holds if the code exists, is not consumed and lives at `at`. */
  | { readonly do: 'consume code'; readonly hash: string; readonly grantId: string; readonly at: number }
  | { readonly do: 'insert grant'; readonly grant: Grant }
  /** Holds if the grant exists and is not revoked. */
  | { readonly do: 'require live grant'; readonly grantId: string }
  | { readonly do: 'insert refresh token'; readonly token: RefreshTokenRecord }
  /** Holds if the token is live: neither rotated nor voided. */
  | { readonly do: 'rotate'; readonly hash: string; readonly successorHash: string; readonly at: number }
  /** Holds if `hash` was rotated to `successorHash`, at or after `rotatedSince`, and that successor is neither rotated nor voided: the successor is voided and `newSuccessorHash` takes its place. */
  | {
      readonly do: 'rotate again'
      readonly hash: string
      readonly successorHash: string
      readonly newSuccessorHash: string
      readonly rotatedSince: number
      readonly at: number
    }
  /** Holds if the pushed request exists and is unspent. */
  | { readonly do: 'spend pushed request'; readonly hash: string }
  /** Holds if the transaction exists and is unfinished. */
  | { readonly do: 'finish transaction'; readonly id: string }
  | { readonly do: 'insert code'; readonly code: CodeRecord }
  /** Always holds; a second time it changes nothing. */
  | { readonly do: 'revoke grant'; readonly grantId: string; readonly at: number }
  | { readonly do: 'insert opaque token'; readonly token: OpaqueTokenRecord }
  /** Always holds: a single access token is withdrawn, by the hash of its jti. */
  | { readonly do: 'revoke access token'; readonly jtiHash: string; readonly expiresAt: number }

/**
 * The store of grants, codes and refresh tokens.
 *
 * `commit` is the only way to change it: one transaction, all or nothing. It returns undefined when every write held and was
 * made, otherwise the first write that did not hold, and then nothing was written. The find methods only read, and return
 * consumed, rotated, expired and revoked records too: the caller judges, `commit` decides.
 * Every method throws OAuthError temporarily_unavailable when the store cannot answer; an unknown outcome counts as not committed.
 */
export interface GrantStore {
  findCode(hash: string): Promise<CodeRecord | undefined>
  findRefreshToken(
    hash: string,
  ): Promise<{ readonly token: RefreshTokenRecord; readonly grant: Grant } | undefined>
  findGrant(id: string): Promise<Grant | undefined>
  commit(writes: readonly Write[]): Promise<Write | undefined>
}

/** Reads only. An access token is revoked by itself, or with its grant. */
export interface Revocations {
  isRevoked(accessToken: { readonly jtiHash: string; readonly grantId?: string }): Promise<boolean>
}
