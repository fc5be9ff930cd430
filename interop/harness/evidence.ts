import { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader, type JWK } from 'jose'
import type { Exchange } from './tap.ts'

type Seen = readonly Exchange[]

/** What a client of the platform may do, and how the wire shows that it did. */
export const evidence = {
  discovery: (seen: Seen) =>
    seen.some(
      ({ path, status }) =>
        /\/\.well-known\/(openid-configuration|oauth-authorization-server)/.test(path) && status === 200,
    ),
  PAR: (seen: Seen) => seen.some(({ path, status }) => path === '/par' && status === 201),
  'code bound to the key': (seen: Seen) =>
    seen.some(({ path, status, requestHeaders, requestBody }) =>
      path === '/par'
        ? status === 201 && (requestHeaders.dpop !== undefined || requestBody.includes('dpop_jkt='))
        : path.startsWith('/authorize?') && path.includes('dpop_jkt='),
    ),
  'code + PKCE': (seen: Seen) =>
    granted(seen, 'authorization_code').some(({ requestBody }) => requestBody.includes('code_verifier=')),
  client_credentials: (seen: Seen) => granted(seen, 'client_credentials').length > 0,
  private_key_jwt: (seen: Seen) =>
    seen.some(({ requestBody, status }) => status === 200 && requestBody.includes('client_assertion=')),
  'token bound to its key': async (seen: Seen) => {
    const bound = await Promise.all(seen.filter(isGranted).map(isBound))
    return bound.length > 0 && bound.every(Boolean)
  },
  'nonce of the auth-server': (seen: Seen) => retriedForNonce(seen, 'auth-server'),
  'nonce of the API': (seen: Seen) => retriedForNonce(seen, 'api'),
  refresh: (seen: Seen) => granted(seen, 'refresh_token').length > 0,
  'resource call': (seen: Seen) => seen.some(isProfile),
} satisfies Record<string, (seen: Seen) => boolean | Promise<boolean>>

export type Feature = keyof typeof evidence

/** A request for the profile that succeeded. */
export function isProfile({ server, method, path, status }: Exchange): boolean {
  return server === 'api' && method === 'GET' && path === '/api/profile' && status === 200
}

function isGranted({ path, method, status }: Exchange): boolean {
  return path === '/token' && method === 'POST' && status === 200
}

function granted(seen: Seen, grant: string): Seen {
  return seen.filter(
    (exchange) =>
      isGranted(exchange) && new URLSearchParams(exchange.requestBody).get('grant_type') === grant,
  )
}

async function isBound({ requestHeaders, responseBody }: Exchange): Promise<boolean> {
  const { token_type, access_token } = JSON.parse(responseBody) as Record<string, string>
  const { jkt } = (decodeJwt(access_token ?? '').cnf ?? {}) as { jkt?: string }
  const { jwk } = decodeProtectedHeader(requestHeaders.dpop?.[0] ?? '')
  return token_type === 'DPoP' && jkt === (await calculateJwkThumbprint(jwk as JWK))
}

/** A request was refused for want of a nonce, and the next one of its kind succeeded with the nonce that came along. */
function retriedForNonce(seen: Seen, server: string): boolean {
  return seen.some((refused, at) => {
    const nonce = refused.responseHeaders['dpop-nonce']?.[0]
    const said = (refused.responseHeaders['www-authenticate']?.join() ?? '') + refused.responseBody
    if (refused.server !== server || !nonce || !said.includes('use_dpop_nonce')) return false
    const next = seen
      .slice(at + 1)
      .find(({ path, method }) => path === refused.path && method === refused.method)
    return (
      next !== undefined &&
      next.status < 300 &&
      decodeJwt(next.requestHeaders.dpop?.[0] ?? '').nonce === nonce
    )
  })
}
