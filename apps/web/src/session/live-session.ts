import type { Clock } from '@keybound/oauth'
import type { WebSessionRows } from './web-session-rows.ts'
import type { Tokens, WebSession, WebSessions } from './web-sessions.ts'

/** Asks the authorization server for new tokens. `undefined`: it will not give any, the session is over. Throws where it could not be asked. */
export type RefreshTokens = (session: WebSession) => Promise<Tokens | undefined>

export interface LiveSessionOptions {
  readonly sessions: WebSessions
  readonly rows: WebSessionRows
  readonly refresh: RefreshTokens
  readonly clock: Clock
  /** Refreshes under way in this process, by session id. */
  readonly underWay: Map<string, Promise<WebSession | undefined>>
  readonly sleep: (seconds: number) => Promise<void>
}

/** A token that ends within this many seconds is renewed before it is used. */
const early = 10
/** So long a refresh may take before another process may try. */
const patience = 10
const look = 0.1

/**
 * The session with an access token that still lives. However many requests ask at once, in however many processes, one refresh
 * is made: in a process they share one promise, between processes the row decides who asks (one conditional write).
 * Undefined where the session is over.
 */
export async function liveSession(
  options: LiveSessionOptions,
  id: string,
  need: { fresherThan?: string } = {},
): Promise<WebSession | undefined> {
  const session = await options.sessions.find(id)
  if (session === undefined || isLive(options, session, need.fresherThan)) return session
  if (session.tokens.refreshToken === undefined) return undefined
  const underWay = options.underWay.get(id)
  if (underWay !== undefined) return underWay
  const refreshed = refreshOnce(options, session, need.fresherThan).finally(() => options.underWay.delete(id))
  options.underWay.set(id, refreshed)
  return refreshed
}

function isLive({ clock }: LiveSessionOptions, session: WebSession, fresherThan?: string): boolean {
  return session.tokens.expiresAt - early > clock() && session.tokens.accessToken !== fresherThan
}

async function refreshOnce(
  options: LiveSessionOptions,
  seen: WebSession,
  fresherThan?: string,
): Promise<WebSession | undefined> {
  const deadline = options.clock() + 2 * patience
  let session: WebSession | undefined = seen
  while (session !== undefined && options.clock() < deadline) {
    if (isLive(options, session, fresherThan)) return session
    const claim = await claimRefresh(options, session)
    if (claim) return refreshAs(options, claim, session)
    await options.sleep(look)
    session = await options.sessions.find(seen.id)
  }
  if (session !== undefined) throw new Error('Another process holds the refresh of this session')
  return undefined
}

/** One conditional write decides who refreshes. */
async function claimRefresh(options: LiveSessionOptions, { row }: WebSession): Promise<number | undefined> {
  const now = options.clock()
  if (row.lockedUntil > now) return undefined
  const until = now + patience
  return (await options.rows.update(row.idHash, row.version, { lockedUntil: until })) ? until : undefined
}

async function refreshAs(
  options: LiveSessionOptions,
  claim: number,
  session: WebSession,
): Promise<WebSession | undefined> {
  let tokens: Tokens | undefined
  try {
    tokens = await options.refresh(session)
  } catch (fault) {
    await whileClaimed(options, session.id, claim, (mine) =>
      options.rows.update(mine.row.idHash, mine.row.version, { lockedUntil: 0 }),
    )
    throw fault
  }
  if (tokens === undefined) {
    await options.sessions.end(session.id)
    return undefined
  }
  const fresh = tokens
  await whileClaimed(options, session.id, claim, (mine) => options.sessions.saveTokens(mine, fresh))
  return options.sessions.find(session.id)
}

/** Writes as the holder of the claim; a note of use that came between only means reading again. */
async function whileClaimed(
  options: LiveSessionOptions,
  id: string,
  claim: number,
  write: (mine: WebSession) => Promise<boolean>,
): Promise<void> {
  for (
    let mine = await options.sessions.find(id);
    mine?.row.lockedUntil === claim;
    mine = await options.sessions.find(id)
  )
    if (await write(mine)) return
}
