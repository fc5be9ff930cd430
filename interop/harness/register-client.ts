import { platform } from '@keybound/e2e/harness/platform'

/** A confidential client of our auth-server, registered as RFC 7591 has it. */
export async function registerClient(
  redirectUri: string,
): Promise<{ client_id: string; client_secret: string }> {
  const response = await fetch(`${platform().issuer}/register`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${process.env.INTEROP_REGISTRATION}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      client_name: 'Interop',
      token_endpoint_auth_method: 'client_secret_basic',
      grant_types: ['authorization_code', 'refresh_token'],
      redirect_uris: [redirectUri],
      scope: 'openid profile offline_access',
      dpop_bound_access_tokens: true,
    }),
  })
  if (response.status !== 201) throw new Error(`The registration was refused: ${await response.text()}`)
  return (await response.json()) as { client_id: string; client_secret: string }
}
