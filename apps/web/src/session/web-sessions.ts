import { exportPrivateJwk, generateKey, type Signer, signerFromJwk } from '@keybound/dpop/client'
import type { Clock } from '@keybound/oauth'
import type { JWK } from 'jose'
import { hashSessionId, newSessionId, type Sealer } from './seal.ts'
import type { WebSessionRow, WebSessionRows } from './web-session-rows.ts'

/** What the authorization server gave. `expiresAt` is a NumericDate. */
export interface Tokens {
  readonly accessToken: string
  readonly refreshToken?: string
  /** For the logout at the authorization server only. */
  readonly idToken?: string
  readonly scope: readonly string[]
  readonly expiresAt: number
}

export interface WebSession {
  readonly id: string
  readonly subject: string
  readonly name: string
  readonly signer: Signer
  readonly tokens: Tokens
  readonly refreshCount: number
  readonly row: WebSessionRow
}

interface Contents {
  readonly key: JWK
  readonly name?: string
  readonly tokens?: Tokens
  readonly refreshCount?: number
}

/** In seconds. */
export const sessionLimits = { signIn: 15 * 60, idle: 30 * 60, absolute: 8 * 3600, touchEvery: 60 } as const

export interface WebSessions {
  /** A sign-in begins: a key pair of its own, in a row of its own. */
  begin(): Promise<{ id: string; signer: Signer }>
  /** The key of a sign-in under way. */
  findPending(id: string): Promise<Signer | undefined>
  /** The sign-in is complete. The pending row is gone and the session has a new id, so that nobody could fix it beforehand. Undefined where the sign-in was completed before. */
  activate(
    pendingId: string,
    who: { subject: string; name: string },
    tokens: Tokens,
  ): Promise<string | undefined>
  /** A live session; undefined for a row that is gone, pending, expired, idle for too long or sealed under another secret. */
  find(id: string): Promise<WebSession | undefined>
  /** Replaces the tokens if the row still is as it was read. */
  saveTokens(session: WebSession, tokens: Tokens): Promise<boolean>
  /** Notes the use, at most once a minute. */
  touch(session: WebSession): Promise<void>
  /** True for the one caller that ended it. */
  end(id: string): Promise<boolean>
}

export function createWebSessions(options: {
  rows: WebSessionRows
  sealer: Sealer
  clock: Clock
}): WebSessions {
  const { rows, sealer, clock } = options
  let sweptAt = 0

  async function open(id: string, state: 'pending' | 'active') {
    const row = await rows.find(hashSessionId(id))
    if (
      row === undefined ||
      (row.subject === undefined) !== (state === 'pending') ||
      row.expiresAt <= clock()
    )
      return undefined
    const contents = sealer.open(id, row.sealed) as Contents | undefined
    return contents && { row, contents }
  }

  async function sweep(now: number): Promise<void> {
    if (now - sweptAt < 60) return
    sweptAt = now
    await rows.removeExpired(now)
  }

  return {
    async begin() {
      const now = clock()
      await sweep(now)
      const id = newSessionId()
      const signer = await generateKey('ES256', { extractable: true })
      const contents: Contents = { key: await exportPrivateJwk(signer) }
      await rows.insert(newRow(id, undefined, sealer.seal(id, contents), now, now + sessionLimits.signIn))
      return { id, signer }
    },

    async findPending(id) {
      const opened = await open(id, 'pending')
      return opened && signerFromJwk(opened.contents.key)
    },

    async activate(pendingId, { subject, name }, tokens) {
      const opened = await open(pendingId, 'pending')
      if (opened === undefined || !(await rows.remove(opened.row.idHash))) return undefined
      const now = clock()
      const id = newSessionId()
      const contents: Contents = { key: opened.contents.key, name, tokens, refreshCount: 0 }
      await rows.insert(newRow(id, subject, sealer.seal(id, contents), now, now + sessionLimits.idle))
      return id
    },

    async find(id) {
      const opened = await open(id, 'active')
      if (opened === undefined) return undefined
      const { subject } = opened.row
      const { key, name, tokens, refreshCount } = opened.contents
      if (subject === undefined || tokens === undefined) return undefined
      const signer = await signerFromJwk(key)
      return {
        id,
        subject,
        name: name ?? '',
        signer,
        tokens,
        refreshCount: refreshCount ?? 0,
        row: opened.row,
      }
    },

    async saveTokens(session, tokens) {
      const contents: Contents = {
        key: await exportPrivateJwk(session.signer),
        name: session.name,
        tokens,
        refreshCount: session.refreshCount + 1,
      }
      const sealed = sealer.seal(session.id, contents)
      return rows.update(session.row.idHash, session.row.version, { sealed, lockedUntil: 0 })
    },

    async touch({ row }) {
      const now = clock()
      if (now - row.lastUsedAt < sessionLimits.touchEvery) return
      const expiresAt = Math.min(now + sessionLimits.idle, row.createdAt + sessionLimits.absolute)
      await rows.update(row.idHash, row.version, { lastUsedAt: now, expiresAt })
    },

    end: (id) => rows.remove(hashSessionId(id)),
  }
}

function newRow(
  id: string,
  subject: string | undefined,
  sealed: WebSessionRow['sealed'],
  now: number,
  expiresAt: number,
): WebSessionRow {
  return {
    idHash: hashSessionId(id),
    subject,
    sealed,
    version: 1,
    createdAt: now,
    lastUsedAt: now,
    expiresAt,
    lockedUntil: 0,
  }
}
