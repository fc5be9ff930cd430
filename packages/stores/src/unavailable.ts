import { OAuthError } from '@keybound/oauth'

/** The one answer of a store that cannot answer: 503 at the edge, never an acceptance. The cause is for the log. */
export function unavailable(cause: unknown): OAuthError {
  if (cause instanceof OAuthError) return cause
  return new OAuthError('temporarily_unavailable', 'store.available', 'The store cannot answer', { cause })
}

/** Throws OAuthError temporarily_unavailable where the promise rejects. */
export async function answered<T>(promise: PromiseLike<T>): Promise<T> {
  try {
    return await promise
  } catch (error) {
    throw unavailable(error)
  }
}
