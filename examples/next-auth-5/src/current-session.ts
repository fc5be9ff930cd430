import { getToken } from 'next-auth/jwt'
import { type KeyboundSession, sessions } from './keybound.ts'

/** The session of whoever sends the request. The id is read from the encrypted cookie, which no script can do. */
export async function currentSession(request: Request): Promise<KeyboundSession | undefined> {
  const token = await getToken({ req: request, secret: process.env.AUTH_SECRET ?? '' })
  return typeof token?.sid === 'string' ? sessions.get(token.sid) : undefined
}
