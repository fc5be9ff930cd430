import { type ChildProcess, fork } from 'node:child_process'
import { startLoad } from '../http/load.ts'
import { cpuOf, messageOf } from '../http/message-of.ts'
import { median } from '../paired.ts'
import { createAccessToken, createKey, createWork } from '../verify/work.ts'

export interface RouteCost {
  readonly framework: string
  readonly bare: RouteFigures
  readonly protected: RouteFigures
  /** Milliseconds per request that protection adds: by the clock on the one busy core, and of CPU. Medians over the rounds. */
  readonly addedMilliseconds: number
  readonly addedCpuMilliseconds: number
  /** CPU that one signature verification adds to the same route, in the same rounds: the least that any protection can add. */
  readonly verifyCpuMilliseconds: number
  readonly throughputRatio: number
  readonly target: number
}

interface RouteFigures {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  readonly cpuMilliseconds: number
}

/** Milliseconds that protection may add, on a machine where one signature verification takes 0.046 ms. @see performance.md §5 */
const TARGETS = { 'node:http': 0.065, Hono: 0.065, 'Next.js': 0.1 } as const

const PATHS = ['bare', 'verified', 'profile'] as const

/** The same answer with and without protection, in the same server, over HTTP on loopback with 16 connections; the load comes from another process. */
export async function benchProtectedRoute({
  amount,
  rounds,
}: {
  amount: number
  rounds: number
}): Promise<RouteCost[]> {
  const [server, client] = [await createKey(), await createKey()]
  const token = createAccessToken(server, client)
  const jwks = { keys: [{ ...server.publicJwk, kid: server.jkt, alg: 'ES256', use: 'sig' }] }
  const load = startLoad()
  const costs: RouteCost[] = []
  for (const [framework, target] of Object.entries(TARGETS)) {
    const child = fork(new URL('./protected-route/server-process.js', import.meta.url), [framework], {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        BENCH_JWKS: JSON.stringify(jwks),
        BENCH_CLIENT_JWK: JSON.stringify(client.publicJwk),
      },
    })
    const { port } = await messageOf<{ port: number }>(child)
    const measure = (path: (typeof PATHS)[number]) =>
      measureRoute(load, child, `http://127.0.0.1:${port}/${path}`, amount, () => {
        const { accessToken, proof } = createWork(client, token, 'none')
        return { authorization: `DPoP ${accessToken}`, dpop: proof }
      })
    const measured: Record<(typeof PATHS)[number], RouteFigures>[] = []
    for (let round = -2; round < rounds; round++) {
      const figures = [await measure('bare'), await measure('verified'), await measure('profile')] as const
      if (round >= 0) measured.push({ bare: figures[0], verified: figures[1], profile: figures[2] })
    }
    child.disconnect()
    costs.push({
      framework,
      bare: mediansOf(measured.map(({ bare }) => bare)),
      protected: mediansOf(measured.map(({ profile }) => profile)),
      addedMilliseconds: median(
        measured.map(({ bare, profile }) => 1000 / profile.perSecond - 1000 / bare.perSecond),
      ),
      addedCpuMilliseconds: median(
        measured.map(({ bare, profile }) => profile.cpuMilliseconds - bare.cpuMilliseconds),
      ),
      verifyCpuMilliseconds: median(
        measured.map(({ bare, verified }) => verified.cpuMilliseconds - bare.cpuMilliseconds),
      ),
      throughputRatio: median(measured.map(({ bare, profile }) => profile.perSecond / bare.perSecond)),
      target,
    })
  }
  load.stop()
  return costs
}

async function measureRoute(
  load: ReturnType<typeof startLoad>,
  child: ChildProcess,
  url: string,
  amount: number,
  headers: () => Record<string, string>,
): Promise<RouteFigures> {
  const before = await cpuOf(child)
  const { perSecond, p50, p99, statuses } = await load.run({
    url,
    connections: 16,
    amount,
    headers: Array.from({ length: amount }, headers),
  })
  const after = await cpuOf(child)
  if (statuses['200'] !== amount) throw new Error(`${url} answered ${JSON.stringify(statuses)}`)
  return { perSecond, p50, p99, cpuMilliseconds: (after - before) / amount / 1000 }
}

function mediansOf(figures: readonly RouteFigures[]): RouteFigures {
  const of = (name: keyof RouteFigures) => median(figures.map((figure) => figure[name]))
  return {
    perSecond: of('perSecond'),
    p50: of('p50'),
    p99: of('p99'),
    cpuMilliseconds: of('cpuMilliseconds'),
  }
}
