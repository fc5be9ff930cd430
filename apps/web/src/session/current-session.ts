import { headers } from 'next/headers'
import { cache } from 'react'
import { type CurrentSession, readSession } from '../auth/read-session.ts'
import { web } from '../dependencies.ts'

/** Who looks at this page, asked once per request. Where sessions cannot be read nobody is signed in. */
export const currentSession: () => Promise<CurrentSession | undefined> = cache(async () => {
  const given = await headers()
  try {
    const shared = await web()
    return await readSession(shared, { headers: new Headers({ cookie: given.get('cookie') ?? '' }) })
  } catch {
    return undefined
  }
})
