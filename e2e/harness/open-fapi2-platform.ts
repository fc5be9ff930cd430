import { type ExecFileSyncOptions, execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import { type Nginx, openNginx } from './nginx.ts'
import { openPlatform } from './open-platform.ts'
import type { Platform } from './platform.ts'
import { freePorts, root } from './start-scripts.ts'

/** A client added by `npm run client:add`, and the key that it authenticates with. */
export interface AddedClient {
  readonly id: string
  readonly key: CryptoKey
  readonly kid: string
  readonly redirectUri: string
}

export interface Fapi2Platform {
  readonly platform: Platform
  /** Added by `npm run user:add`: in hardened mode there is nobody else. */
  readonly user: { readonly sub: string; readonly username: string; readonly password: string }
  readonly nginx: Nginx
  /** The second one gets opaque access tokens. */
  readonly clients: readonly [AddedClient, AddedClient]
  close(): Promise<void>
}

/** Who runs the servers, where it is not this user. */
type Runner = { readonly uid: number; readonly gid: number } | undefined

/** Hardened, everything over https behind nginx, every client held to FAPI 2.0, the issuer under a path: as docs/operations.md tells it. */
export async function openFapi2Platform(program: string, runner: Runner): Promise<Fapi2Platform> {
  const inside = await freePorts()
  const outside = await freePorts()
  const pairs = Object.keys(inside).map((name) => [Number(outside[name]), Number(inside[name])] as const)
  const nginx = await openNginx(program, pairs)
  const url = (name: string) => `https://localhost:${outside[name]}`
  const set = {
    ...inside,
    KEYBOUND_MODE: 'hardened',
    ISSUER_URL: `${url('AUTH_PORT')}/auth`,
    API_URL: url('API_PORT'),
    WEB_URL: url('WEB_PORT'),
    TRUSTED_PROXIES: '127.0.0.1',
    SECURITY_PROFILE: 'fapi2',
    NODE_EXTRA_CA_CERTS: nginx.caFile,
  }
  const opened = await openPlatform({
    set,
    logs: 'e2e/test-results/log-fapi2',
    ...(runner && { user: runner }),
  })
  const env = { ...process.env, ...set, KEYBOUND_DATA: opened.platform.data }
  return {
    platform: opened.platform,
    nginx,
    user: addUser(env, runner),
    clients: [
      await addClient('client-one', [], env, runner),
      await addClient('client-two', ['--opaque'], env, runner),
    ],
    async close() {
      await opened.close()
      await nginx.close()
    },
  }
}

async function addClient(
  id: string,
  options: readonly string[],
  env: NodeJS.ProcessEnv,
  runner: Runner,
): Promise<AddedClient> {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const redirectUri = `https://${id}.example.com/callback`
  const kid = `${id}-key`
  const metadata = {
    client_name: id,
    token_endpoint_auth_method: 'private_key_jwt',
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: [redirectUri],
    scope: 'openid profile offline_access',
    jwks: { keys: [{ ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'ES256' }] },
  }
  administer('client:add', ['--id', id, ...options], JSON.stringify(metadata), { env, ...runner })
  return { id, key: privateKey, kid, redirectUri }
}

function addUser(env: NodeJS.ProcessEnv, runner: Runner): Fapi2Platform['user'] {
  const [username, password] = ['carol', 'a password of carol']
  const about = ['--username', username, '--name', 'Carol Clark', '--email', 'carol@example.com']
  const { sub } = JSON.parse(administer('user:add', about, password, { env, ...runner }))
  return { sub, username, password }
}

/** What `npm run <command>` runs. */
function administer(
  command: string,
  args: readonly string[],
  input: string,
  as: ExecFileSyncOptions,
): string {
  const script = join(root, 'scripts/administer.mjs')
  return execFileSync(process.execPath, [script, command, ...args], {
    ...as,
    input,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}
