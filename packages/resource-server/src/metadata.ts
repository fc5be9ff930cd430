import type { ProtectedResourceMetadata } from '@keybound/oauth'

export interface ResourceMetadataOptions {
  /** The resource identifier: an absolute URL without fragment. */
  readonly resource: string
  readonly authorizationServers: readonly string[]
  readonly scopes?: readonly string[]
  /** Algorithms accepted in proofs. */
  readonly algs: readonly string[]
  readonly schemes?: readonly ('DPoP' | 'Bearer')[]
  readonly name?: string
}

/** The document that says how this resource is protected; empty lists are left out. @see RFC 9728 §2, §3.2 */
export function protectedResourceMetadata(options: ResourceMetadataOptions): ProtectedResourceMetadata {
  const { resource, authorizationServers, scopes = [], algs, schemes = ['DPoP'], name } = options
  return {
    resource,
    authorization_servers: authorizationServers,
    ...(scopes.length > 0 && { scopes_supported: scopes }),
    bearer_methods_supported: ['header'],
    ...(name !== undefined && { resource_name: name }),
    dpop_signing_alg_values_supported: algs,
    dpop_bound_access_tokens_required: !schemes.includes('Bearer'),
  }
}

/**
 * Where that document is: the well-known path put between the host and the path of the resource.
 * @see RFC 9728 §3.1
 */
export function resourceMetadataUrl(resource: string): string {
  const { origin, pathname, search } = new URL(resource)
  return `${origin}/.well-known/oauth-protected-resource${pathname === '/' ? '' : pathname}${search}`
}
