import { AuthError } from 'next-auth'
import type { SignInFailureReason } from './sign-in-failures.ts'

export class SignInFailure extends Error {
  override readonly name = 'SignInFailure'
  readonly reason: SignInFailureReason

  constructor(reason: SignInFailureReason, options?: ErrorOptions) {
    super(`sign-in failed: ${reason}`, options)
    this.reason = reason
  }
}

/**
 * The reason behind an error that Auth.js reports. It shows nearly all faults of a callback as `error=Configuration`; the truth
 * is in the chain of causes.
 */
export function failureReason(fault: unknown): SignInFailureReason {
  for (let at: unknown = fault, depth = 0; at instanceof Error && depth < 6; at = causeOf(at), depth++) {
    if (at instanceof SignInFailure) return at.reason
    const known = knownFault(at)
    if (known !== undefined) return known
  }
  return 'unknown'
}

function causeOf(error: Error): unknown {
  const { cause } = error
  // Auth.js wraps as { err, …details }.
  return typeof cause === 'object' && cause !== null && 'err' in cause ? cause.err : cause
}

function knownFault(error: Error): SignInFailureReason | undefined {
  if (error instanceof AuthError) {
    if (error.type === 'InvalidCheck') return 'response.state'
    if (error.type === 'OAuthCallbackError') return 'response.refused'
    return undefined
  }
  if (error.name === 'ResponseBodyError' || error.name === 'WWWAuthenticateChallengeError')
    return 'token.issued'
  // oauth4webapi names the parameter in its message; there is no code that tells them apart.
  if (/ID Token|JWT /.test(error.message)) return 'id_token.valid'
  if (/"state"/.test(error.message)) return 'response.state'
  if (/"iss"|"issuer"/.test(error.message)) return 'issuer.match'
  if (error.name === 'TimeoutError' || error.message === 'fetch failed') return 'issuer.reachable'
  return undefined
}
