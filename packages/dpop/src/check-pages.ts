import { CHECKS } from './checks.ts'

/** The absolute URL of the page about a reason, or undefined where there is none: what goes out as `error_uri`. */
export type ErrorPages = (reason: string) => string | undefined

/**
 * One page per check, at `<base>/<check id>`; `base` is an absolute URL without a trailing slash. Reasons that are no checks have no page.
 * @see RFC 6749 §5.2 · RFC 6750 §3
 */
export function checkPages(base: string): ErrorPages {
  return (reason) => (CHECKS.some(({ id }) => id === reason) ? `${base}/${reason}` : undefined)
}
