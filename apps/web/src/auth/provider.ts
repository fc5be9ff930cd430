import type { AuthorizationServerMetadata, Clock } from '@keybound/oauth'
import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose'
import { SignInFailure } from './sign-in-failure.ts'

/** The authorization server, as it describes itself. */
export interface Provider {
  readonly issuer: string
  metadata(): Promise<AuthorizationServerMetadata>
  /** The keys that may have signed an ID token. */
  readonly idTokenKeys: JWTVerifyGetKey
}

const freshFor = 300

/**
 * Reads the metadata when it is first needed and then every five minutes; a fault is not kept.
 * Throws SignInFailure `issuer.reachable`, or `issuer.match` where the document speaks for another issuer.
 * @see OpenID Connect Discovery §4.3 · RFC 8414 §3.3
 */
export function createProvider(options: { issuer: string; fetch: typeof fetch; clock: Clock }): Provider {
  const { issuer, clock } = options
  let known: { readonly metadata: Promise<AuthorizationServerMetadata>; readonly until: number } | undefined
  let keySet: { readonly url: string; readonly getKey: JWTVerifyGetKey } | undefined

  function metadata(): Promise<AuthorizationServerMetadata> {
    if (known !== undefined && known.until > clock()) return known.metadata
    const read = readMetadata(issuer, options.fetch)
    known = { metadata: read, until: clock() + freshFor }
    read.catch(() => {
      known = undefined
    })
    return read
  }

  return {
    issuer,
    metadata,
    async idTokenKeys(header, token) {
      const url = endpoint(await metadata(), 'jwks_uri')
      if (keySet?.url !== url) {
        const fetchKeys = (at: string, init: RequestInit) => options.fetch(at, init)
        const cache = { cacheMaxAge: freshFor * 1000, cooldownDuration: 5000 }
        keySet = { url, getKey: createRemoteJWKSet(new URL(url), { ...cache, [customFetch]: fetchKeys }) }
      }
      return keySet.getKey(header, token)
    },
  }
}

/** An endpoint that this client cannot do without. Throws SignInFailure `issuer.offers`. */
export function endpoint(
  metadata: AuthorizationServerMetadata,
  name:
    | 'authorization_endpoint'
    | 'introspection_endpoint'
    | 'jwks_uri'
    | 'pushed_authorization_request_endpoint'
    | 'revocation_endpoint'
    | 'token_endpoint',
): string {
  const url = metadata[name]
  if (url === undefined) throw new SignInFailure('issuer.offers', { cause: new Error(`no ${name}`) })
  return url
}

async function readMetadata(
  issuer: string,
  fetch: typeof globalThis.fetch,
): Promise<AuthorizationServerMetadata> {
  let metadata: AuthorizationServerMetadata
  try {
    const response = await fetch(`${issuer}/.well-known/openid-configuration`, {
      headers: { accept: 'application/json' },
    })
    if (!response.ok) throw new Error(`discovery answered ${response.status}`)
    metadata = (await response.json()) as AuthorizationServerMetadata
  } catch (cause) {
    throw new SignInFailure('issuer.reachable', { cause })
  }
  if (metadata.issuer !== issuer) throw new SignInFailure('issuer.match')
  return metadata
}
