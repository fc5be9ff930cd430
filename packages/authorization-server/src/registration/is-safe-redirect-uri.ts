import { isLoopbackHost } from '../client/loopback.ts'

/**
 * Whether this server would ever send a browser there: https, or http on the loopback address (of a native app, RFC 8252 §7.3), and
 * written as browsers write it themselves, so that nothing reads it as something else. Private-use schemes are not offered: another
 * app can claim them.
 * @see RFC 9700 §2.1, §4.1.1
 */
export function isSafeRedirectUri(text: string): boolean {
  if (!/^https?:\/\//.test(text) || /[*#\\]/.test(text) || !URL.canParse(text)) return false
  const url = new URL(text)
  if (url.username !== '' || url.password !== '' || url.href !== text) return false
  return url.protocol === 'https:' || isLoopbackHost(url.hostname)
}
