import { createProof } from '@keybound/dpop'
import { codeHeat } from '../race/contests/code.ts'
import { accessTokenOf } from '../race/contests/single-use.ts'
import { learntNonces } from '../race/nonces.ts'
import type { Answer, RacePlatform, Sendable } from '../race/race-platform.ts'

/** Where the requests of a load come from, and how they go out. */
export interface Source {
  /** The next request; undefined when there are no more. */
  next(): Promise<Sendable | undefined>
  /** To one replica after the other. */
  send(request: Sendable): Promise<Answer>
}

/** Milliseconds for which a request that was put off may be sent again as it is: its proof was not looked at, and is fresh for 20 s. */
const young = 8_000

/** GET of the profile, each with a proof of its own. */
export function protectedRequests(platform: RacePlatform): Source {
  const nonces = learntNonces(platform)
  const putOff: Sendable[] = []
  const since = new WeakMap<Sendable, number>()
  const toNextReplica = inTurn(platform)

  async function make(): Promise<Sendable> {
    const accessToken = await accessTokenOf(platform, nonces)
    const nonce = await nonces.of('resource-api')
    const dpop = await createProof(platform.key, {
      method: 'GET',
      url: platform.resource,
      accessToken,
      nonce,
    })
    const headers = { authorization: `DPoP ${accessToken}`, dpop }
    const request: Sendable = { to: 'resource-api', method: 'GET', path: '/api/profile', headers }
    since.set(request, Date.now())
    return request
  }
  return {
    async next() {
      const held = putOff.pop()
      return held && Date.now() - (since.get(held) ?? 0) < young ? held : make()
    },
    async send(request) {
      const answer = await toNextReplica(request)
      if (answer.status === 503 && answer.text.includes('server.busy')) putOff.push(request)
      return answer
    },
  }
}

/** Exchanges of codes that are put into the store before; they are good for a minute. */
export async function codeExchanges(platform: RacePlatform, count: number): Promise<Source> {
  const nonces = learntNonces(platform)
  const codes: Awaited<ReturnType<typeof codeHeat>>[] = []
  while (codes.length < count)
    codes.push(...(await Promise.all(Array.from({ length: 64 }, () => codeHeat(platform, nonces)))))
  return { next: async () => codes.pop()?.request(), send: inTurn(platform) }
}

function inTurn(platform: RacePlatform): Source['send'] {
  let replica = 0
  return (request) => platform.send(replica++, request)
}
