import type { Client } from '@keybound/authorization-server'
import type { WorldSettings } from './world-settings.ts'

/** Nobody listens there: the code is read from the redirect. */
export const redirectUri = 'http://localhost/callback'

/** The one client of a world: public, in a browser. */
export function clientsOf({ forgets }: WorldSettings): readonly Client[] {
  return [
    {
      client_id: 'victim-app',
      client_name: 'The victim’s app',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      redirect_uris: [redirectUri],
      post_logout_redirect_uris: [],
      scope: 'openid profile offline_access',
      dpop_bound_access_tokens: !forgets.includes('requirement'),
      require_pushed_authorization_requests: false,
      rotate_refresh_tokens: true,
      introspects: [],
    },
  ]
}
