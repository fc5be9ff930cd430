import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryStores } from '@keybound/stores/memory'
import { sqliteStores } from '../sqlite-stores.ts'
import { keybound } from './keybound.ts'
import { limit } from './limit.ts'
import { oidcProvider } from './oidc-provider.ts'
import { mapAdapter, sqliteAdapter } from './provider-adapters.ts'
import type { GrantType, TokenServer } from './token-server.ts'

/** One server in a process of its own, which tells its port and its CPU time, and makes codes and refresh tokens when asked. */
const directory = mkdtempSync(join(tmpdir(), 'keybound-bench-'))
process.on('exit', () => rmSync(directory, { recursive: true, force: true }))

const SERVERS: Record<string, () => Promise<TokenServer> | TokenServer> = {
  limit: () => limit(JSON.parse(process.env.BENCH_JWK ?? '{}')),
  'keybound, memory': () => keybound(memoryStores()),
  'keybound, SQLite': async () =>
    keybound(await sqliteStores(directory, new URL('../../../prisma/', import.meta.url))),
  'oidc-provider, Map': () => oidcProvider(mapAdapter()),
  'oidc-provider, SQLite': () => oidcProvider(sqliteAdapter(join(directory, 'peer.db'))),
}

const server = await SERVERS[process.argv[2] ?? '']?.()
if (!server) throw new Error(`no server is called ${process.argv[2]}`)
const http = createServer(server.listener)
http.listen(0, '127.0.0.1', () => process.send?.({ port: (http.address() as AddressInfo).port }))
process.on('message', async (asked: 'cpu' | { grant: GrantType; jkts: string[] }) => {
  process.send?.(
    asked === 'cpu' ? process.cpuUsage() : { values: await server.issue(asked.grant, asked.jkts) },
  )
})
process.on('disconnect', () => process.exit())
