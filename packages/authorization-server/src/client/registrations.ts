import type { Client } from './client.ts'

/**
 * Clients that register themselves. Each method is one transaction; `replace` and `remove` hold only while the client is registered
 * with this very registration access token. Throws OAuthError temporarily_unavailable when the store cannot answer.
 */
export interface Registrations {
  /** How many of the clients have registered themselves since then, a NumericDate. */
  countSince(instant: number): Promise<number>
  /** The client_id is new. */
  insert(client: Client): Promise<void>
  replace(client: Client, registrationAccessTokenHash: string): Promise<boolean>
  /** Its consents go with it, and all its grants end at `now`. */
  remove(clientId: string, registrationAccessTokenHash: string, now: number): Promise<boolean>
}
