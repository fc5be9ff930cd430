import { refused } from '../../refused.ts'

export const responseTypes = ['code'] as const

/** Only `code`: no token ever travels through the browser's address bar. @see RFC 9700 §2.1.2 */
export function checkResponseType(responseType: string | undefined): void {
  if (responseType === undefined) throw refused('response_type.present')
  if (!responseTypes.some((known) => known === responseType)) throw refused('response_type.code')
}
