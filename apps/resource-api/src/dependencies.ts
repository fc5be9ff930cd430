import { checkPages, createNonces, defaultProofPolicy, type Ledger } from '@keybound/dpop/server'
import { type Clock, systemClock } from '@keybound/oauth'
import {
  answerWithAccess,
  introspector,
  protectedResourceMetadata,
  remoteKeys,
  resourceMetadataUrl,
} from '@keybound/resource-server'
import { openStores } from '@keybound/stores'
import type { Env } from './env.ts'
import { createLog, type Log } from './log.ts'
import { addProfile } from './profile/add-profile.ts'
import { prismaProfiles } from './profile/prisma-profiles.ts'
import type { Profile, Profiles } from './profile/profiles.ts'
import type { ResourceApi } from './resource-api.ts'

/** What has to be remembered. */
export interface Storage {
  readonly ledger: Ledger
  readonly profiles: Profiles
  ping(): Promise<void>
}

export interface Dependencies extends ResourceApi {
  /** Deletes records of proofs that could no longer be accepted. */
  sweep(): Promise<void>
  /** How many proofs are remembered. */
  ledgerEntries(): Promise<number>
  /** For an administrator. Throws Error where this `sub` has a profile. */
  addProfile(profile: Profile): Promise<void>
  close(): Promise<void>
}

/** Everything open and wired. Throws Error where the database cannot be reached or is not migrated for this build, or cannot serve so many replicas. */
export async function openDependencies(env: Env): Promise<Dependencies> {
  const database = await openStores(env.stores)
  const storage = {
    ledger: database.stores.ledger,
    profiles: prismaProfiles(database.prisma.profile),
    ping: database.ping,
  }
  const api = wire(env, storage, createLog({ level: env.logLevel }))
  const sweep = () => database.stores.sweep(systemClock())
  const ledgerEntries = () => database.prisma.ledgerEntry.count()
  const add = (profile: Profile) => addProfile(database.prisma.profile, profile)
  return { ...api, sweep, ledgerEntries, addProfile: add, close: database.close }
}

/** The one place that says how the profile is protected. */
export function wire(
  env: Pick<Env, 'issuer' | 'resource' | 'webOrigin' | 'nonceSecret' | 'clientSecret' | 'revokeOnReplay'>,
  { ledger, profiles, ping }: Storage,
  log: Log,
  outside: { readonly clock?: Clock; readonly fetch?: typeof fetch } = {},
): ResourceApi {
  const { issuer, resource, webOrigin, nonceSecret, clientSecret } = env
  const clock = outside.clock ?? systemClock
  const outbound = { clock, ...(outside.fetch && { fetch: outside.fetch }) }
  const introspection = introspector({
    endpoint: `${issuer}/introspect`,
    clientId: 'resource-api',
    clientSecret,
    ...outbound,
  })
  const answer = answerWithAccess({
    resource,
    issuer,
    keys: remoteKeys({ jwksUri: `${issuer}/jwks`, ...outbound }),
    ledger,
    ledgerName: 'resource-api',
    nonces: createNonces({ secret: nonceSecret, ...(ledger.epoch && { epoch: ledger.epoch }) }),
    policy: defaultProofPolicy,
    clock,
    opaqueTokens: introspection,
    isRevoked: introspection.isRevoked,
    ...(env.revokeOnReplay && { onReplay: introspection.replaySeen }),
    resourceMetadata: resourceMetadataUrl(resource),
    errorPages: checkPages(`${webOrigin}/checks`),
    onDecision: log.decided,
  })
  const metadata = protectedResourceMetadata({
    resource,
    authorizationServers: [issuer],
    scopes: ['profile', 'profile:write'],
    algs: defaultProofPolicy.algs,
    name: 'Keybound profile',
  })
  return { answer, metadata, profiles, clock, log, ping }
}
