export const dynamic = 'force-dynamic'

/** The same document: this is its own place, `/.well-known/oauth-protected-resource` alone a convenience. @see RFC 9728 §3.1 */
export { DELETE, GET, OPTIONS, PATCH, POST, PUT } from '../../route.ts'
