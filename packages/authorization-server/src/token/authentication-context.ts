/** The one way in which users sign in here, so also the one that can be asked for. @see OpenID Connect Core §2 (acr) · RFC 8176 §2 */
export const acrValues = ['urn:keybound:acr:password'] as const

/** What tokens say of a login. */
export const passwordLogin = { acr: acrValues[0] } as const
