/** Whether a host of a URL (`url.hostname`) means this very machine. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === '127.0.0.1' || hostname === '[::1]' || hostname === 'localhost'
}

/** Whether this server is one for trying things out, on a machine of its own. */
export function isLoopbackIssuer(issuer: string): boolean {
  return isLoopbackHost(new URL(issuer).hostname)
}
