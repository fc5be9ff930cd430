/** How many wrong passwords are free, and the longest wait in seconds: each further one doubles it. */
export interface LoginLimit {
  readonly free: number
  readonly longestWait: number
}

/** Against guessing: limits for an account and for the address that a request comes from. So many seconds without a wrong password forgive. */
export const loginLimits = {
  account: { free: 5, longestWait: 60 },
  source: { free: 20, longestWait: 300 },
  forgivenAfter: 15 * 60,
} as const

/** Tries that failed, and the NumericDate of the last one. */
export interface LoginFailures {
  readonly count: number
  readonly last: number
}

/**
 * Slows guessing down, over all replicas that share the store. Both methods are one atomic step.
 * Throws OAuthError temporarily_unavailable when the store cannot answer.
 */
export interface LoginBackoff {
  /** 0, and the try counts as failed until `succeeded` says otherwise, so that parallel tries gain nothing; or the whole seconds to wait, and the try does not count. */
  admit(account: string, source: string, now: number): Promise<number>
  /** Forgives the account; the source keeps its failures with other accounts. */
  succeeded(account: string, source: string): Promise<void>
}

/** Seconds, rounded up, until the next try: for a store that reads before it writes, inside one transaction. */
export function loginWait(failures: LoginFailures | undefined, limit: LoginLimit, now: number): number {
  if (!failures || isForgiven(failures, now) || failures.count < limit.free) return 0
  const wait = Math.min(2 ** (failures.count - limit.free), limit.longestWait)
  return Math.max(0, Math.ceil(failures.last + wait - now))
}

export function failedAgain(failures: LoginFailures | undefined, now: number): LoginFailures {
  return { count: failures && !isForgiven(failures, now) ? failures.count + 1 : 1, last: now }
}

function isForgiven({ last }: LoginFailures, now: number): boolean {
  return now - last > loginLimits.forgivenAfter
}
