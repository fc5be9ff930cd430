import autocannon from 'autocannon'
import { quantile } from '../paired.ts'
import type { Load, LoadResult } from './load.ts'

process.on('message', async ({ url, connections, amount, headers, bodies }: Load) => {
  let next = 0
  const milliseconds: number[] = []
  const started = performance.now()
  let ended = started
  const run = autocannon({
    url,
    connections,
    amount,
    // How often it looks whether it is done, in milliseconds.
    sampleInt: 20,
    ...(bodies && { method: 'POST' }),
    requests: [
      {
        setupRequest(request) {
          const i = next++
          const body = bodies?.[i % bodies.length]
          const own = { ...request.headers, ...headers[i % Math.max(1, headers.length)] }
          return { ...request, headers: own, ...(body !== undefined && { body }) }
        },
      },
    ],
  })
  // autocannon's own histogram knows whole milliseconds only, and its duration whole seconds.
  run.on('response', (_client, _status, _octets, time) => {
    milliseconds.push(time)
    ended = performance.now()
  })
  const result = await run
  const statuses = Object.fromEntries(
    Object.entries(result.statusCodeStats ?? {}).map(([status, { count }]) => [status, count ?? 0]),
  )
  const answer: LoadResult = {
    perSecond: (milliseconds.length / (ended - started)) * 1000,
    p50: quantile(milliseconds, 0.5),
    p99: quantile(milliseconds, 0.99),
    statuses,
  }
  process.send?.(answer)
})
process.on('disconnect', () => process.exit())
