import { type AttackOutcome, type Column, type Exchange, type Expected, refusalOf } from '@keybound/exchange'
import type { Attack } from './attacks/attack.ts'
import { newSigners, openStage, type Stage } from './stage/stage.ts'
import { allDefences, bearerOnly, type WorldSettings } from './world/world-settings.ts'
import type { Worlds } from './world/worlds.ts'

/** Plays one attack against servers that are opened for it and that nobody else knows. */
export async function runAttack(worlds: Worlds, attack: Attack, column: Column): Promise<AttackOutcome> {
  const began = performance.now()
  const settings = settingsFor(attack, column)
  const about = { attack: attack.id, column }
  if (settings === undefined) {
    return {
      ...about,
      result: 'not applicable',
      by: [],
      asExpected: true,
      exchanges: [],
      decisive: [],
      took: 0,
    }
  }
  const stage = await openStage(worlds.open(settings), await newSigners())
  const play = column === 'bearer' && attack.withBearer === 'token' ? useStolenToken : attack.run
  const before = attack.measures?.read()
  const decisive = await play(stage)
  const after = attack.measures?.read()
  const succeeded = (attack.succeeded ?? someAnswered)(decisive)
  const by = succeeded ? [] : [...new Set(decisive.flatMap(reasonOf))]
  return {
    ...about,
    result: succeeded ? 'succeeded' : 'stopped',
    by,
    asExpected: isExpected(expectedOf(attack, column), succeeded, by),
    exchanges: stage.exchanges,
    decisive: decisive.map(({ id }) => id),
    ...(attack.measures && before && after && { measured: { what: attack.measures.what, before, after } }),
    took: Math.round(performance.now() - began),
  }
}

function settingsFor({ defence, withBearer }: Attack, column: Column): WorldSettings | undefined {
  if (column === 'bearer') return withBearer === 'none' ? undefined : bearerOnly
  if (column === 'dpop-without-nonce') return { ...allDefences, nonces: false }
  if (column === 'dpop') return allDefences
  return defence && { ...allDefences, ...defence.off }
}

/** Without the defence, and where there are bearer tokens, every attack is there to succeed. */
function expectedOf({ expected }: Attack, column: Column): Expected {
  if (column === 'dpop') return expected.withNonce
  if (column === 'dpop-without-nonce') return expected.withoutNonce
  return 'succeeds'
}

function isExpected(expected: Expected, succeeded: boolean, by: readonly string[]): boolean {
  if (expected === 'succeeds') return succeeded
  return !succeeded && by.join() === expected.join()
}

function someAnswered(decisive: readonly Exchange[]): boolean {
  return decisive.some(({ response }) => response !== undefined && response.status < 400)
}

function reasonOf(exchange: Exchange): string[] {
  if (exchange.response?.status === 431) return ['http.header_size']
  return [refusalOf(exchange)?.reason ?? `status ${exchange.response?.status ?? 'none'}`]
}

/** Where a token is a bearer token, there is nothing more to any theft. */
async function useStolenToken(stage: Stage): Promise<readonly Exchange[]> {
  const { accessToken } = await stage.signIn()
  const headers = [['Authorization', `Bearer ${accessToken}`]] as const
  return [await stage.thief.send({ step: 'Use the stolen token', url: stage.profileUrl, headers })]
}
