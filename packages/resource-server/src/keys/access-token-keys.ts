import type { KeySet } from './key-set.ts'

/** Where the keys come from that verify access tokens. */
export interface AccessTokenKeys {
  /**
   * The issuer's keys as they are known now, never older than the source promises.
   * Throws OAuthError temporarily_unavailable `keys.available` when there are none that may still be used.
   */
  current(): KeySet | Promise<KeySet>
  /** Asked again because a token names a key that is not among them; the same set while a cool-down lasts. */
  renewed(): KeySet | Promise<KeySet>
}
