import { type RefreshTokenRecord, secretHash } from '@keybound/authorization-server'
import { decodeJwt } from 'jose'
import type { Attempt } from './attempt.ts'
import type { SimulatedPlatform } from './simulated-platform.ts'

/**
 * Reads the whole history and the store afterwards, and says which of the promises I1 to I5 (cluster/README.md) were broken.
 * Of a request without an answer nothing is known: it counts as used where the store says so.
 */
export async function brokenPromises(
  attempts: readonly Attempt[],
  platform: SimulatedPlatform,
): Promise<string[]> {
  return [
    ...spentTwice(attempts),
    ...decidedTwice(platform),
    ...(await lostAnswers(attempts, platform)),
    ...(await grantsWithoutCode(platform)),
    ...(await twoLiveTokens(platform)),
    ...accessWithoutKey(attempts),
    ...acceptedInTrouble(attempts),
  ]
}

/** I1, as clients see it. */
function spentTwice(attempts: readonly Attempt[]): string[] {
  const winners = new Map<string, Attempt[]>()
  for (const attempt of attempts) {
    if (attempt.outcome !== 'ok') continue
    for (const spent of attempt.prepared.spends) winners.set(spent, [...(winners.get(spent) ?? []), attempt])
  }
  return [...winners.values()]
    .filter((all) => all.length > 1)
    .map((all) => `I1: the same was spent by ${all.map(({ name }) => name).join(' and ')}`)
}

/** I1, as the store has it: an answer that got lost was a success too. */
function decidedTwice({ committed }: SimulatedPlatform): string[] {
  const times = new Map<string, number>()
  for (const write of committed.flat()) {
    const decided = onlyOnce(write)
    if (decided) times.set(decided, (times.get(decided) ?? 0) + 1)
  }
  return [...times].filter(([, count]) => count > 1).map(([what, count]) => `I1: ${count} times ${what}`)
}

function onlyOnce(write: SimulatedPlatform['committed'][number][number]): string | undefined {
  switch (write.do) {
    case 'remember':
      return `remember ${write.key}`
    case 'consume code':
    case 'spend pushed request':
    case 'rotate':
      return `${write.do} ${write.hash}`
    case 'finish transaction':
      return `${write.do} ${write.id}`
    default:
      return undefined
  }
}

/** I2: whatever a client was told is in the store. */
async function lostAnswers(attempts: readonly Attempt[], { stores }: SimulatedPlatform): Promise<string[]> {
  const lost: string[] = []
  for (const { name, outcome, prepared, gain } of attempts) {
    if (outcome !== 'ok') continue
    if (gain.code && !(await stores.grantStore.findCode(secretHash(gain.code))))
      lost.push(`I2: the code of ${name} is not there`)
    if (gain.refreshToken && !(await stores.grantStore.findRefreshToken(secretHash(gain.refreshToken))))
      lost.push(`I2: the refresh token of ${name} is not there`)
    if (prepared.what !== 'exchange') continue
    const code = await stores.grantStore.findCode(secretHash(prepared.spends[0] ?? ''))
    if (code?.consumedAt === undefined) lost.push(`I2: the code that ${name} spent is not`)
    const { grant_id: grantId } = decodeJwt<{ grant_id: string }>(gain.accessToken ?? '')
    if (code?.grantId !== grantId)
      lost.push(`I3: the token of ${name} belongs to another grant than its code`)
  }
  return lost
}

/** I3: no grant whose code is unused, or gave another grant. */
async function grantsWithoutCode({ stores, committed }: SimulatedPlatform): Promise<string[]> {
  const faults: string[] = []
  for (const writes of committed) {
    const grant = writes.find((write) => write.do === 'insert grant')?.grant
    const consumed = writes.find((write) => write.do === 'consume code')
    if (!grant) continue
    const code = consumed && (await stores.grantStore.findCode(consumed.hash))
    if (code?.grantId !== grant.id) faults.push(`I3: ${grant.id} lives without its code`)
    if (!(await stores.grantStore.findGrant(grant.id))) faults.push(`I3: ${grant.id} is not there`)
  }
  return faults
}

/** I1 and I3: of all refresh tokens of a grant one lives at most. */
async function twoLiveTokens({ stores, committed }: SimulatedPlatform): Promise<string[]> {
  const living = new Map<string, number>()
  for (const write of committed.flat()) {
    if (write.do !== 'insert refresh token') continue
    const found = await stores.grantStore.findRefreshToken(write.token.hash)
    if (found && lives(found.token)) living.set(found.grant.id, (living.get(found.grant.id) ?? 0) + 1)
  }
  return [...living]
    .filter(([, count]) => count > 1)
    .map(([id, count]) => `I3: ${count} refresh tokens of ${id} live`)
}

function lives({ rotatedAt, voidedAt }: RefreshTokenRecord): boolean {
  return rotatedAt === undefined && voidedAt === undefined
}

/** I4 */
function accessWithoutKey(attempts: readonly Attempt[]): string[] {
  return attempts
    .filter(({ prepared, outcome }) => prepared.stolen && outcome === 'ok')
    .map(({ name }) => `I4: ${name} had not the key of the token`)
}

/** I5: where the store failed there is no success, and what is said then is 503; and nothing is ever answered with 500. */
function acceptedInTrouble(attempts: readonly Attempt[]): string[] {
  return attempts.flatMap(({ name, met, outcome, status }) => {
    if (status !== undefined && status >= 500 && status !== 503) return [`I5: ${name} was answered ${status}`]
    const failed = met.includes('error') || met.includes('time-out')
    return failed && outcome !== 'unknown' && status !== 503
      ? [`I5: ${name} was answered ${status} although the store had failed`]
      : []
  })
}
