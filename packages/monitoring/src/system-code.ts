/**
 * Why something could not be reached: a code such as ECONNREFUSED, SQLITE_FULL or SELF_SIGNED_CERT_IN_CHAIN, from as deep in the causes as
 * a library has put it. For a log. No message: that may hold anything.
 */
export function systemCodeIn(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code) ? code : systemCodeIn(error.cause)
}
