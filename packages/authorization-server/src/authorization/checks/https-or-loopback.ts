/** Of a native app on this machine: an IP address, not a name that may resolve to something else. */
const loopbackIp = /^http:\/\/(?:127\.0\.0\.1|\[::1\])[:/]/

/** Whether a redirect URI is one that FAPI 2.0 lets a server use. @see FAPI 2.0 §5.3.2.2 (8) */
export function isHttpsOrLoopback(redirectUri: string): boolean {
  return redirectUri.startsWith('https:') || loopbackIp.test(redirectUri)
}
