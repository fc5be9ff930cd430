/**
 * What `form-action` of a Content-Security-Policy may name for a redirect URI: its origin, or the scheme alone where a policy cannot name
 * that (a native app's own scheme, IPv6).
 * @see Content Security Policy Level 3 §2.3.1
 */
export function formActionSource(redirectUri: string): string {
  const url = new URL(redirectUri)
  return url.origin === 'null' || url.hostname.startsWith('[') ? url.protocol : url.origin
}
