/** What every page and endpoint needs to know of this server's public face. */
export interface Site {
  readonly issuer: string
  /** Whether the public URL is https: HSTS, Secure and the `__Host-` prefix follow from it. */
  readonly https: boolean
  /** The issuer's own path, '' for most: every path of ours begins with it. */
  readonly base: string
  /** Shown on the login page of the demo. */
  readonly demo?: { readonly usernames: readonly string[]; readonly password: string }
}

export function siteOf(issuer: string, demoPassword?: string): Site {
  const url = new URL(issuer)
  const demo =
    demoPassword === undefined ? undefined : { usernames: ['alice', 'bob'], password: demoPassword }
  return {
    issuer,
    https: url.protocol === 'https:',
    base: url.pathname.replace(/\/$/, ''),
    ...(demo && { demo }),
  }
}
