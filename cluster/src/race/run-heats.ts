import { setTimeout as pause } from 'node:timers/promises'
import { OAuthError } from '@keybound/oauth'
import type { Attempt } from './attempt.ts'
import { attempt } from './attempt.ts'
import { codeHeat } from './contests/code.ts'
import { refreshTokenHeat } from './contests/refresh-token.ts'
import { requestUriHeat } from './contests/request-uri.ts'
import { assertionHeat, resourceProofHeat, tokenProofHeat } from './contests/single-use.ts'
import { learntNonces } from './nonces.ts'
import type { RacePlatform } from './race-platform.ts'

const contests = {
  code: codeHeat,
  'refresh token': refreshTokenHeat,
  request_uri: requestUriHeat,
  'client assertion': assertionHeat,
  'proof at the token endpoint': tokenProofHeat,
  'proof at the API': resourceProofHeat,
} as const

export type Contest = keyof typeof contests
export const contestNames = Object.keys(contests) as Contest[]

/** What came of the heats of one contest. */
export interface Tally {
  readonly heats: number
  readonly ok: number
  readonly denied: number
  /** Requests without an answer, or with 503. */
  readonly unknown: number
  /** Heats that nobody won although all were answered: a fault, save where proofs from before a restart are refused. */
  readonly nobody: number
}

export const nothing: Tally = { heats: 0, ok: 0, denied: 0, unknown: 0, nobody: 0 }

export interface RunHeats {
  readonly contest: Contest
  readonly heats: number
  /** How many send at once, in each heat. */
  readonly racers: (heat: number) => number
  /** How many heats run at once. */
  readonly lanes: number
  readonly fault: (sentence: string) => void
}

/** Runs the heats and judges each one when its last racer has come in. */
export async function runHeats(platform: RacePlatform, options: RunHeats): Promise<Tally> {
  const { contest, heats, racers, lanes, fault } = options
  const nonces = learntNonces(platform)
  const sum = { ...nothing }
  let next = 0

  async function lane(): Promise<void> {
    while (next < heats) {
      const number = next++
      const heat = await patiently(() => contests[contest](platform, nonces))
      const prepared = await Promise.all(Array.from({ length: racers(number) }, () => heat.request()))
      const attempts = await Promise.all(
        prepared.map((request, racer) =>
          attempt(platform, (number + racer) % platform.replicas, request, heat.isOk),
        ),
      )
      count(attempts)
      for (const sentence of await patiently(() => heat.judge(attempts)))
        fault(`${contest}, heat ${number}: ${sentence}`)
    }
  }

  function count(attempts: readonly Attempt[]): void {
    sum.heats += 1
    for (const { outcome } of attempts) sum[outcome] += 1
    if (attempts.every(({ outcome }) => outcome === 'denied')) sum.nobody += 1
  }

  await Promise.all(Array.from({ length: lanes }, lane))
  return sum
}

/** The checker too has to wait while a store is being restarted. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let turn = 0; ; turn++) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof OAuthError) || turn > 300) throw error
      await pause(200)
    }
  }
}
