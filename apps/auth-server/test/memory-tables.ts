import type { Stores } from '@keybound/stores/memory'
import type { SigningKeyState, SigningKeyStates } from '../src/keys/signing-key-states.ts'
import type { User, Users } from '../src/login/users.ts'
import type { AccountApps } from '../src/session/account-apps.ts'
import type { Session, SessionRecords } from '../src/session/sessions.ts'

/** The app's own tables in memory. */
export function memorySessionRecords(): SessionRecords {
  const rows = new Map<string, Session>()
  return {
    async insert(session) {
      rows.set(session.id, session)
    },
    find: async (id) => rows.get(id),
    async touch(id, lastSeenAt) {
      const row = rows.get(id)
      if (row) rows.set(id, { ...row, lastSeenAt })
    },
    async remove(id) {
      rows.delete(id)
    },
    list: async (subject) => [...rows.values()].filter((row) => row.subject === subject),
  }
}

export function memorySigningKeyStates(): SigningKeyStates & { rows: SigningKeyState[] } {
  const rows: SigningKeyState[] = []
  return {
    rows,
    list: async () => [...rows],
    async insert(state) {
      rows.push(state)
    },
    async activate(kid, predecessor, at) {
      const next = rows.find((row) => row.kid === kid && row.state === 'next')
      if (!next) return false
      for (const [i, row] of rows.entries()) {
        if (row === next) rows[i] = { ...row, state: 'active' }
        else if (row.purpose === next.purpose && (row.state === 'active' || predecessor === 'withdrawn'))
          rows[i] = { ...row, state: predecessor, retiredAt: at }
      }
      return true
    },
    async remove(kid) {
      const at = rows.findIndex((row) => row.kid === kid && row.state !== 'active')
      if (at >= 0) rows.splice(at, 1)
      return at >= 0
    },
  }
}

export function memoryUsers(users: readonly User[]): Users {
  return {
    find: async (subject) => users.find((user) => user.subject === subject),
    findByUsername: async (username) => users.find((user) => user.username === username),
  }
}

/** Consents alone: the memory driver has no list of a user's grants. */
export function memoryAccountApps({ consents }: Pick<Stores, 'consents'>): AccountApps {
  return {
    list: async (subject) =>
      (await consents.list(subject)).map((consent) => ({
        ...consent,
        clientName: consent.clientId,
        since: consent.grantedAt,
      })),
    end: (subject, clientId) => consents.remove(subject, clientId),
  }
}
