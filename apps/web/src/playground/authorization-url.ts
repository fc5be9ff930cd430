import { clientId } from './steps.ts'

/** What the browser is sent to: what is asked was pushed before. @see RFC 9126 §4 */
export function authorizationUrl(endpoint: string, requestUri: string): string {
  const url = new URL(endpoint)
  url.searchParams.set('client_id', clientId)
  url.searchParams.set('request_uri', requestUri)
  return url.href
}
