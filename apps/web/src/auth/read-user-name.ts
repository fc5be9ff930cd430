import { dpopFetch, type Signer } from '@keybound/dpop/client'
import type { Web } from '../dependencies.ts'

/**
 * The user's name from the userinfo endpoint, asked with token and proof; empty where there is none. It is for display only, so
 * nothing depends on it, and an answer about somebody else is not used.
 * @see OpenID Connect Core §5.3.2
 */
export async function readUserName(
  web: Web,
  user: { signer: Signer; accessToken: string; subject: string },
): Promise<string> {
  try {
    const { userinfo_endpoint: url } = await web.provider.metadata()
    if (url === undefined) return ''
    const response = await dpopFetch(url, {
      key: user.signer,
      accessToken: user.accessToken,
      nonces: web.nonces,
      clock: web.clock,
      fetch: web.fetch,
    })
    const claims = (await response.json()) as { sub?: unknown; name?: unknown }
    return response.ok && claims.sub === user.subject && typeof claims.name === 'string' ? claims.name : ''
  } catch (fault) {
    web.log.warn({ err: fault }, 'the name could not be read')
    return ''
  }
}
