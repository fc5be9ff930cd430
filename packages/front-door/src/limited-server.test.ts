import { expect, test } from 'vitest'
import { limitedServer } from './limited-server.ts'
import { defaultLimits } from './limits.ts'

test('a server has the limits of production, none of them a default of Node (OPS-32)', () => {
  const server = limitedServer(defaultLimits)
  expect(server).toMatchObject({
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    keepAliveTimeout: 5_000,
    maxRequestsPerSocket: 1_000,
    maxConnections: 1_000,
  })
  expect(defaultLimits).toMatchObject({ headerBytes: 16 * 1024, bodyBytes: 64 * 1024, drainTimeout: 10 })
})
