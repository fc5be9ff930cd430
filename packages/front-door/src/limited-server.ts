import { createServer, type Server } from 'node:http'
import type { Limits } from './limits.ts'

/** A node:http server with every timeout and limit set, none of them left to a default that may change. */
export function limitedServer(limits: Limits): Server {
  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersTimeout * 1000,
    requestTimeout: limits.requestTimeout * 1000,
    keepAliveTimeout: limits.keepAliveTimeout * 1000,
    // Node enforces the first two when it looks, which it would do every 30 s.
    connectionsCheckingInterval: 500,
    insecureHTTPParser: false,
    // A missing Host is refused by check-headers, in JSON.
    requireHostHeader: false,
  })
  server.timeout = limits.silenceTimeout * 1000
  server.maxRequestsPerSocket = limits.requestsPerConnection
  server.maxConnections = limits.connections
  // Node would hide the lines beyond its own maximum; they are refused instead.
  server.maxHeadersCount = 0
  return server
}
