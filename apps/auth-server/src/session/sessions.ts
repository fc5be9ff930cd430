import type { Clock } from '@keybound/oauth'
import { hashOf, newSecretValue } from '../browser/secret-value.ts'

/** A signed-in browser. Times are NumericDates. */
export interface Session {
  /** base64url SHA-256 of the cookie: it names the session in pages and grants, and opens nothing. */
  readonly id: string
  readonly subject: string
  /** When the password was typed; the session began then. */
  readonly authTime: number
  readonly lastSeenAt: number
  /** The absolute end, however busy it is. */
  readonly expiresAt: number
}

/** Each method is one statement. `remove` of one that is gone changes nothing. Throws OAuthError temporarily_unavailable when the store cannot answer. */
export interface SessionRecords {
  insert(session: Session): Promise<void>
  find(id: string): Promise<Session | undefined>
  touch(id: string, lastSeenAt: number): Promise<void>
  remove(id: string): Promise<void>
  list(subject: string): Promise<readonly Session[]>
}

export interface Sessions {
  /** A new id at every login (U-003); the session that this browser had before ends. */
  start(subject: string, before: string | undefined): Promise<{ cookie: string; session: Session }>
  find(cookie: string | undefined): Promise<Session | undefined>
  list(subject: string): Promise<readonly Session[]>
  end(id: string): Promise<void>
}

export const sessionLimits = { idle: 30 * 60, absolute: 12 * 60 * 60 }

/** A page that is reloaded does not write each time: last seen is exact to a minute. */
const touchEvery = 60

export function createSessions(records: SessionRecords, clock: Clock): Sessions {
  const isLive = (session: Session) =>
    clock() < session.expiresAt && clock() < session.lastSeenAt + sessionLimits.idle

  return {
    async start(subject, before) {
      const now = clock()
      const cookie = newSecretValue('se')
      const session = {
        id: hashOf(cookie),
        subject,
        authTime: Math.floor(now),
        lastSeenAt: now,
        expiresAt: now + sessionLimits.absolute,
      }
      await records.insert(session)
      if (before) await records.remove(hashOf(before))
      return { cookie, session }
    },
    async find(cookie) {
      if (!cookie) return undefined
      const session = await records.find(hashOf(cookie))
      if (!session || !isLive(session)) return undefined
      if (clock() >= session.lastSeenAt + touchEvery) await records.touch(session.id, clock())
      return session
    },
    async list(subject) {
      return (await records.list(subject)).filter(isLive)
    },
    end: (id) => records.remove(id),
  }
}
