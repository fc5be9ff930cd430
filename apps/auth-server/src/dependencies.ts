import { join } from 'node:path'
import {
  type AuthorizationServer,
  createAuthorizationServer,
  type LoginBackoff,
} from '@keybound/authorization-server'
import { checkPages, createNonces } from '@keybound/dpop'
import { type Clock, systemClock } from '@keybound/oauth'
import type { AnswerWithAccess } from '@keybound/resource-server'
import { openStores, type Stores } from '@keybound/stores'
import { type Cookies, cookiesFor } from './browser/cookies.ts'
import { accountAppsIn } from './database/account-apps.ts'
import { addUser } from './database/add-user.ts'
import { publicRedirectUris } from './database/public-redirect-uris.ts'
import { sessionRecordsIn } from './database/session-records.ts'
import { signingKeyStatesIn } from './database/signing-key-states.ts'
import { usersIn } from './database/users.ts'
import type { Env } from './env.ts'
import { openSigningKeys } from './keys/open-signing-keys.ts'
import { type RotationOptions, rotateSigningKeys } from './keys/rotate-signing-keys.ts'
import type { SigningKeyStates } from './keys/signing-key-states.ts'
import type { Log } from './log/create-log.ts'
import type { User, Users } from './login/users.ts'
import { protectUserinfo } from './protect-userinfo.ts'
import type { AllowedOrigins } from './routing/cors.ts'
import { publicClientOrigins } from './routing/public-client-origins.ts'
import type { AccountApps } from './session/account-apps.ts'
import { createSessions, type SessionRecords, type Sessions } from './session/sessions.ts'
import { type Site, siteOf } from './site.ts'

export type { Database } from '@keybound/stores'

/** What the endpoints work with. Wired once, at start. */
export interface Dependencies {
  readonly site: Site
  readonly server: AuthorizationServer
  readonly cookies: Cookies
  readonly sessions: Sessions
  readonly users: Users
  readonly loginBackoff: LoginBackoff
  readonly accountApps: AccountApps
  readonly answerUserinfo: AnswerWithAccess
  readonly publicClientOrigins: AllowedOrigins
  readonly clock: Clock
  readonly log: Log
  /** Makes the transitions of signing keys that are due. */
  rotateKeys(): Promise<void>
  /** Rejects while the store does not answer. */
  ping(): Promise<void>
}

/** What comes from a database: the ports of the protocol, and the tables that are this app's own. */
export interface Storage {
  readonly stores: Stores
  readonly users: Users
  readonly sessionRecords: SessionRecords
  readonly signingKeyStates: SigningKeyStates
  readonly accountApps: AccountApps
  publicRedirectUris(): Promise<readonly string[]>
  /** Throws Error where the username is taken. */
  addUser(user: User): Promise<void>
  /** How many proofs are remembered. */
  ledgerEntries(): Promise<number>
  ping(): Promise<void>
  close(): Promise<void>
}

/** Throws Error where the database cannot be reached or is not migrated for this build, or where it cannot serve so many replicas. */
export async function openStorage(env: Env): Promise<Storage> {
  const database = await openStores(env.stores)
  const { stores } = database
  return {
    stores,
    users: usersIn(database),
    sessionRecords: sessionRecordsIn(database),
    signingKeyStates: signingKeyStatesIn(database),
    accountApps: accountAppsIn(database, stores),
    publicRedirectUris: () => publicRedirectUris(database),
    addUser: (user) => addUser(database, user),
    ledgerEntries: () => database.prisma.ledgerEntry.count(),
    ping: database.ping,
    close: database.close,
  }
}

/** Throws Error where a signing key file is missing or can be read by others. */
export async function wire(
  env: Env,
  storage: Storage,
  log: Log,
  clock: Clock = systemClock,
): Promise<Dependencies> {
  const { stores, users } = storage
  const rotation = rotationOptions(env, storage, clock)
  const signingKeys = await openSigningKeys(rotation)
  const server = createAuthorizationServer({
    ...stores,
    issuer: env.issuer,
    clock,
    signingKeys,
    idTokenAlgs: [...new Set([(await signingKeys.active('id token')).alg, env.signingAlg])],
    nonces: createNonces({
      secret: env.nonceSecret,
      ...(stores.ledger.epoch && { epoch: stores.ledger.epoch }),
    }),
    securityProfile: env.securityProfile,
    revokeOnReplay: env.revokeOnReplay,
    ...(env.initialAccessToken !== undefined && { initialAccessToken: env.initialAccessToken }),
    ...(env.webUrl !== undefined && { errorPages: checkPages(`${env.webUrl}/checks`) }),
    resources: [{ identifier: `${env.apiUrl}/api/profile`, scopes: ['profile', 'profile:write'] }],
    async findClaims(subject) {
      const user = await users.find(subject)
      if (!user) return undefined
      const { name, email, locale, updatedAt } = user
      // Nobody confirms an address here: an administrator types it.
      return { name, email, email_verified: false, locale, updated_at: updatedAt }
    },
  })
  return {
    site: siteOf(env.issuer, env.demoPassword),
    server,
    cookies: cookiesFor(env.issuer),
    sessions: createSessions(storage.sessionRecords, clock),
    users,
    loginBackoff: stores.loginBackoff,
    accountApps: storage.accountApps,
    answerUserinfo: protectUserinfo(server, stores.ledger),
    publicClientOrigins: publicClientOrigins(storage.publicRedirectUris, clock),
    clock,
    log,
    async rotateKeys() {
      for (const step of await rotateSigningKeys(rotation)) log.rotated(step)
    },
    ping: storage.ping,
  }
}

/** The keys and how they rotate: for the server, and for the command that rotates them. */
export function rotationOptions(
  env: Env,
  { signingKeyStates: states }: Pick<Storage, 'signingKeyStates'>,
  clock: Clock = systemClock,
): RotationOptions {
  return { directory: join(env.dataDirectory, 'keys'), states, clock, alg: env.signingAlg }
}
