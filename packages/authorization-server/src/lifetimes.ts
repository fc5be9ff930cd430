/** In seconds. */
export interface Lifetimes {
  readonly accessToken: number
  readonly idToken: number
  /** Without tolerance. */
  readonly code: number
  /** From the answer of the PAR endpoint to the arrival at /authorize. */
  readonly requestUri: number
  readonly transaction: number
  /** A refresh token that is not used for this long ends. */
  readonly refreshTokenIdle: number
  /** A grant ends after this, however often its refresh token is rotated. */
  readonly grant: number
  /** A rotated refresh token works again for this long while its successor is unused: a lost answer, two tabs. */
  readonly refreshRetry: number
}

const minute = 60
const day = 24 * 60 * minute

export const defaultLifetimes: Lifetimes = {
  accessToken: 5 * minute,
  idToken: 5 * minute,
  code: minute,
  requestUri: minute,
  transaction: 10 * minute,
  refreshTokenIdle: 7 * day,
  grant: 30 * day,
  refreshRetry: 10,
}
