import { clientConfigurationRequest, registrationRequest } from '../src/index.ts'
import { issuer, type Opened, openServer } from './server.ts'

export const initialAccessToken = 'an-initial-access-token-of-256-random-bits'

export function openForRegistration(options: Parameters<typeof openServer>[0] = {}) {
  return openServer({ initialAccessToken, ...options })
}

/** Good metadata of a browser app. */
export const app = {
  client_name: 'An app',
  token_endpoint_auth_method: 'none',
  redirect_uris: ['https://app.example/callback'],
  grant_types: ['authorization_code', 'refresh_token'],
  scope: 'openid profile offline_access',
  dpop_bound_access_tokens: true,
}

/** Sends a registration; the token of this server unless told otherwise. */
export function register(
  { server }: Opened,
  metadata: unknown,
  headers: Readonly<Record<string, string>> = { authorization: `Bearer ${initialAccessToken}` },
): Promise<Response> {
  const body = typeof metadata === 'string' ? metadata : JSON.stringify(metadata)
  const all = { 'content-type': 'application/json', ...headers }
  return registrationRequest(
    server,
    new Request(`${issuer}/register`, { method: 'POST', headers: all, body }),
  )
}

/** What the server answered to a good registration. */
export async function registered(opened: Opened, metadata: unknown = app) {
  const response = await register(opened, metadata)
  const information = await response.json()
  if (response.status !== 201) throw new Error(JSON.stringify(information))
  return information
}

/** A management request to this client's own URL. */
export function manage(
  { server }: Opened,
  method: 'GET' | 'PUT' | 'DELETE',
  client: { readonly registration_client_uri: string; readonly registration_access_token: string },
  metadata?: unknown,
): Promise<Response> {
  return clientConfigurationRequest(
    server,
    new Request(client.registration_client_uri, {
      method,
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${client.registration_access_token}`,
      },
      ...(metadata !== undefined && { body: JSON.stringify(metadata) }),
    }),
  )
}
