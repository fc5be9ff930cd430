import type { OAuthErrorCode } from '@keybound/oauth'

/** A rule of the authorization server that RFC 9449's table of checks does not have. */
export interface Rule {
  readonly clause: string
  readonly code: OAuthErrorCode
  /** Follows `<id>: ` in error_description. */
  readonly says: string
}
