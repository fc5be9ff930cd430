import type { AuthorizationServer } from '../authorization-server.ts'
import type { Client } from '../client/client.ts'

/** A validated RP-initiated logout. Whether the user confirms it is the shell's: ask, unless `subject` is the one signed in. */
export interface EndSession {
  /** Whom id_token_hint names; absent without a hint of ours. */
  readonly subject?: string
  readonly client?: Client
  /** The registered post_logout_redirect_uri, state appended; absent where none may be followed. */
  readonly redirectTo?: string
}

/**
 * GET or POST /logout. What is wrong in it is left out, never an error: the user can always sign out here.
 * Expired ID tokens of ours are good hints.
 * @see OpenID Connect RP-Initiated Logout 1.0 §2, §3
 */
export async function endSession(_server: AuthorizationServer, _request: Request): Promise<EndSession> {
  throw new TypeError('to come')
}
