import type { Clients } from '@keybound/authorization-server'
import { type ClientRow, foundClient } from '../clients.ts'
import type { PostgresDatabase } from './open-postgres.ts'
import { select } from './select.ts'

/** The rows of SQLite: lists and keys as JSON text, booleans 0 or 1. */
const columns = `client_id, client_name, token_endpoint_auth_method, grant_types::text, redirect_uris::text,
  post_logout_redirect_uris::text, scope, jwks::text, client_secret_hash, dpop_bound_access_tokens::int,
  require_pushed_authorization_requests::int, rotate_refresh_tokens::int, introspects::text, jwks_uri, access_token_format,
  security_profile, registration_access_token_hash, client_id_issued_at`

/** Every request of a client begins with this read. */
export function postgresClients({ pool }: PostgresDatabase): Clients {
  const client = select<ClientRow>(pool, 'client', `SELECT ${columns} FROM clients WHERE client_id = $1`)
  return {
    async find(clientId) {
      const row = await client(clientId)
      return foundClient(row)
    },
  }
}
