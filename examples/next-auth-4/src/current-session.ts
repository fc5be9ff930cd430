import type { NextRequest } from 'next/server'
import { getToken } from 'next-auth/jwt'
import { type KeyboundSession, sessions } from './keybound.ts'

/** The session of whoever sends the request. The id is read from the encrypted cookie, which no script can do. */
export async function currentSession(request: NextRequest): Promise<KeyboundSession | undefined> {
  const token = await getToken({ req: request })
  return typeof token?.sid === 'string' ? sessions.get(token.sid) : undefined
}
