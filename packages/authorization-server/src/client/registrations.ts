import type { Client } from './client.ts'

/** How many clients may register themselves since an instant, a NumericDate. */
export interface RegistrationQuota {
  readonly most: number
  readonly since: number
}

/**
 * Clients that register themselves. Each method is one transaction; `replace` and `remove` hold only while the client is registered
 * with this very registration access token. Throws OAuthError temporarily_unavailable when the store cannot answer.
 */
export interface Registrations {
  /** The client_id is new. False, with nothing written, where so many have registered themselves since then already, however many try at once. */
  insert(client: Client, quota: RegistrationQuota): Promise<boolean>
  replace(client: Client, registrationAccessTokenHash: string): Promise<boolean>
  /** Its consents go with it, and all its grants end at `now`. */
  remove(clientId: string, registrationAccessTokenHash: string, now: number): Promise<boolean>
}
