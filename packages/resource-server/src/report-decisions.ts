import { OAuthError } from '@keybound/oauth'
import type { Access } from './access.ts'
import type { ProtectResource, ReceivedRequest } from './protect-resource.ts'

/** How protectResource decided. For logs and metrics: it never holds a token or a proof, except inside `request`. */
export type Decision = { readonly request: ReceivedRequest } & (
  | { readonly outcome: 'accepted'; readonly access: Access }
  | { readonly outcome: 'rejected' | 'challenged'; readonly error: OAuthError }
)

/** Tells `report` once of every decision, and changes none. */
export function reportDecisions(
  protect: ProtectResource,
  report: (decision: Decision) => void,
): ProtectResource {
  return async function protectAndReport(request, requirement) {
    try {
      const access = await protect(request, requirement)
      report({ outcome: 'accepted', request, access })
      return access
    } catch (error) {
      if (error instanceof OAuthError) {
        const outcome = error.code === 'use_dpop_nonce' ? 'challenged' : 'rejected'
        report({ outcome, request, error })
      }
      throw error
    }
  }
}
