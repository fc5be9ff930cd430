import { currentSession } from '../../current-session.ts'
import { readProfile } from '../../keybound.ts'

/** The profile as the API gives it; the token and the key stay here. */
export async function GET(request: Request): Promise<Response> {
  const session = await currentSession(request)
  if (!session) return Response.json({ error: 'not signed in' }, { status: 401 })
  const answer = await readProfile(session)
  return Response.json(await answer.json(), { status: answer.status })
}
