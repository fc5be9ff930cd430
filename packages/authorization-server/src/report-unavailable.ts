import { OAuthError } from '@keybound/oauth'
import type { AuthorizationServer } from './authorization-server.ts'

/** The client only learns to try again; whoever runs the server wants the cause too. */
export function reportUnavailable(server: AuthorizationServer, error: unknown): void {
  if (error instanceof OAuthError && error.code === 'temporarily_unavailable') server.onUnavailable?.(error)
}
