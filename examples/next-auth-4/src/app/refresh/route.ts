import type { NextRequest } from 'next/server'
import { currentSession } from '../../current-session.ts'
import { refresh } from '../../keybound.ts'

/** A new token for the session's key. A product does it when the old one is about to end, one request at a time. */
export async function POST(request: NextRequest): Promise<Response> {
  const session = await currentSession(request)
  if (!session) return Response.json({ error: 'not signed in' }, { status: 401 })
  await refresh(session)
  return Response.redirect(new URL('/profile', process.env.NEXTAUTH_URL), 303)
}
