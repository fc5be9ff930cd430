import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type AuthorizationServer,
  type Client,
  createAuthorizationServer,
  secretHash,
  tokenRequest,
} from '@keybound/authorization-server'
import { systemClock } from '@keybound/oauth'
import { quantile } from '../paired.ts'
import { sqliteStores } from '../sqlite-stores.ts'
import { createKey, type Key, signJwt } from '../verify/work.ts'

const ISSUER = 'https://as.bench.test'

/** What a stranger can tell by the clock: microseconds of refusals that differ in nothing but whether there is such a client. */
export interface RefusalTimes {
  readonly name: string
  readonly p10: number
  readonly p50: number
  readonly p90: number
}

/** Each way of failing in turn, in shuffled order, over SQLite; every answer has to be the same 401. */
export async function benchClientAuthentication(size: number): Promise<RefusalTimes[]> {
  const directory = mkdtempSync(join(tmpdir(), 'keybound-bench-'))
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }))
  const stores = await sqliteStores(directory, new URL('../../prisma/', import.meta.url))
  const [own, foreign] = [await createKey(), await createKey()]
  for (const client of clients(own)) await stores.saveClient(client)
  const server = createAuthorizationServer({
    ...stores,
    issuer: ISSUER,
    clock: systemClock,
    signingKeys: { active: () => Promise.reject(new Error('nothing is signed')), publicKeys: async () => [] },
    resources: [{ identifier: 'https://api.bench.test', scopes: ['profile'] }],
    findClaims: async () => ({}),
  })
  const attempts: Record<string, () => Record<string, string>> = {
    'known client, wrong secret': () => ({ client_id: 'secret', client_secret: randomUUID() }),
    'unknown client, some secret': () => ({ client_id: 'stranger', client_secret: randomUUID() }),
    'known client, assertion of another key': () => assertion('assertion', foreign),
    'unknown client, some assertion': () => assertion('stranger', foreign),
  }
  const times = new Map<string, number[]>(Object.keys(attempts).map((name) => [name, []]))
  for (let i = -200; i < size; i++) {
    for (const [name, attempt] of Object.entries(attempts).sort(() => Math.random() - 0.5)) {
      const microseconds = await refusal(server, attempt())
      if (i >= 0) times.get(name)?.push(microseconds)
    }
  }
  return [...times].map(([name, own]) => ({
    name,
    p10: quantile(own, 0.1),
    p50: quantile(own, 0.5),
    p90: quantile(own, 0.9),
  }))
}

export function formatRefusalTimes(rows: readonly RefusalTimes[]): string {
  const width = Math.max(...rows.map(({ name }) => name.length))
  const line = (name: string, cells: readonly string[]) =>
    [name.padEnd(width), ...cells.map((cell) => cell.padStart(8))].join('  ')
  return [
    '## Client authentication that fails: what the time of a refusal tells, in µs',
    line('', ['p10', 'p50', 'p90']),
    ...rows.map(({ name, p10, p50, p90 }) =>
      line(
        name,
        [p10, p50, p90].map((value) => value.toFixed(1)),
      ),
    ),
    '',
  ].join('\n')
}

async function refusal(server: AuthorizationServer, credentials: Record<string, string>): Promise<number> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...credentials })
  const request = new Request(`${ISSUER}/token`, { method: 'POST', body })
  const started = process.hrtime.bigint()
  const { status } = await tokenRequest(server, request)
  const nanoseconds = Number(process.hrtime.bigint() - started)
  if (status !== 401) throw new Error(`a refusal was answered with ${status}`)
  return nanoseconds / 1000
}

function assertion(clientId: string, key: Key): Record<string, string> {
  const now = Math.floor(Date.now() / 1000)
  const claims = { iss: clientId, sub: clientId, aud: ISSUER, jti: randomUUID(), iat: now, exp: now + 60 }
  return {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: signJwt({ alg: 'ES256' }, claims, key.privateKey),
  }
}

function clients(key: Key): readonly Client[] {
  const common = {
    client_name: 'bench',
    grant_types: ['client_credentials'] as const,
    redirect_uris: [],
    post_logout_redirect_uris: [],
    scope: 'profile',
    dpop_bound_access_tokens: true,
    require_pushed_authorization_requests: false,
    rotate_refresh_tokens: false,
    introspects: [],
  }
  return [
    {
      ...common,
      client_id: 'secret',
      token_endpoint_auth_method: 'client_secret_post',
      client_secret_hash: secretHash(randomUUID()),
    },
    {
      ...common,
      client_id: 'assertion',
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [key.publicJwk] },
    },
  ]
}
