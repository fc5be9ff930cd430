import { OAuthError } from './errors.ts'

/** What stands in an Authorization header. */
export interface Credentials {
  /** Lower case: 'dpop', 'bearer', 'basic' or another scheme. */
  readonly scheme: string
  /** The token68 after the scheme, unchanged. */
  readonly credentials: string
}

const TOKEN68_CREDENTIALS = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+) +([A-Za-z0-9\-._~+/]+=*)$/

/**
 * The one place in the repository that reads the `Authorization` header. No header gives undefined.
 *
 * A web `Headers` joins repeated fields with a comma, which no token68 contains: two credentials never look like one.
 * Where the framework hides repeated fields (Node keeps the first), the front door refuses them earlier.
 *
 * Throws OAuthError invalid_request: `scheme.match` for more than one credential, `request.authorization` for anything
 * that is not `<scheme> <token68>`.
 * Does not check: that the scheme is one the endpoint accepts, or anything about the credentials.
 * @see RFC 9110 §11.6.2 · RFC 9449 §7.1
 */
export function parseAuthorization(headers: Pick<Headers, 'get'>): Credentials | undefined {
  const value = headers.get('authorization')
  if (value === null) return undefined

  const [, scheme, credentials] = TOKEN68_CREDENTIALS.exec(value) ?? []
  if (scheme !== undefined && credentials !== undefined) return { scheme: scheme.toLowerCase(), credentials }

  if (value.includes(',')) {
    throw new OAuthError('invalid_request', 'scheme.match', 'The request carries more than one credential.')
  }
  throw new OAuthError('invalid_request', 'request.authorization', 'The Authorization header is malformed.')
}
