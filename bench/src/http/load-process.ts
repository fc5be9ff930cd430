import autocannon from 'autocannon'
import type { Load, LoadResult } from './load.ts'

process.once('message', async (load: Load) => {
  let next = 0
  const result = await autocannon({
    url: load.url,
    connections: load.connections,
    amount: load.amount,
    requests: [
      {
        setupRequest: (request) => ({
          ...request,
          headers: { ...request.headers, ...load.headers[next++ % Math.max(1, load.headers.length)] },
        }),
      },
    ],
  })
  const statuses = Object.fromEntries(
    Object.entries(result.statusCodeStats ?? {}).map(([status, { count }]) => [status, count ?? 0]),
  )
  const answer: LoadResult = {
    perSecond: result.requests.total / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    statuses,
  }
  process.send?.(answer)
})
