import { OAuthError } from '@keybound/oauth'

/** What the store answers. Where it cannot: OAuthError temporarily_unavailable `store.available`, 503 at the edge, with the cause for the log. */
export async function available<T>(answer: PromiseLike<T>): Promise<T> {
  try {
    return await answer
  } catch (cause) {
    throw new OAuthError('temporarily_unavailable', 'store.available', 'The store cannot answer', { cause })
  }
}
