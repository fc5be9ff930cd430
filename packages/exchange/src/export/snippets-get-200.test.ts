import { exec, execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  createNonceCache,
  createNonces,
  createProof,
  dpopFetch,
  exportPrivateJwk,
  generateKey,
  proofPolicy,
} from '@keybound/dpop'
import { answerWithAccess, localKeys } from '@keybound/resource-server'
import { withAccess } from '@keybound/resource-server/node'
import { memoryLedger } from '@keybound/stores/memory'
import { build } from 'esbuild'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Exchange } from '../exchange.ts'
import { recordingFetch } from '../recording-fetch.ts'
import { redact } from '../redact.ts'
import { toCurl } from './to-curl.ts'
import { toTypeScript } from './to-typescript.ts'

const run = promisify(execFile)
const shell = promisify(exec)
const patience = 120_000
const issuer = 'https://as.example'

let server: Server
let folder: string
let url: string
let accessToken: string
const key = await generateKey('ES256', { extractable: true })
const nonces = createNonceCache()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keybound-snippets-'))
  server = createServer().listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/profile`
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'as', alg: 'ES256', use: 'sig' }] }
  const claims = { client_id: 'cli', scope: 'profile', jti: crypto.randomUUID(), cnf: { jkt: key.jkt } }
  accessToken = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: 'as', typ: 'at+jwt' })
    .setIssuer(issuer)
    .setAudience(url)
    .setSubject('alice')
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(privateKey)
  const answer = answerWithAccess({
    resource: url,
    issuer,
    keys: localKeys(() => jwks),
    ledger: memoryLedger(),
    ledgerName: 'api',
    nonces: createNonces({ secret: 'a secret of thirty-two octets or more', step: 3600 }),
    // A loaded machine may take its time between the making of a proof and the run of a snippet.
    policy: proofPolicy({ lifetime: 3600 }),
  })
  server.on(
    'request',
    withAccess(answer, 'profile', () => Response.json({ sub: 'alice' })),
  )
}, patience)

afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true, force: true })
})

/** An exchange with a good proof that was never sent, so that it is still to be spent. */
async function unsent(): Promise<Exchange> {
  await dpopFetch(url, { key, accessToken, nonces })
  const seen: Exchange[] = []
  const fetch = recordingFetch({
    fetch: () => Promise.reject(new TypeError('not sent')),
    clock: () => Date.now() / 1000,
    about: { step: 'Read the profile', from: 'playground', to: 'resource-api' },
    record: (exchange) => seen.push(exchange),
  })
  const nonce = nonces.get(new URL(url).origin)
  const dpop = await createProof(key, { method: 'GET', url, accessToken, nonce, now: Date.now() / 1000 })
  await fetch(url, { headers: { authorization: `DPoP ${accessToken}`, dpop } }).catch(() => undefined)
  const [exchange] = seen
  if (!exchange) throw new Error('nothing was recorded')
  return exchange
}

/** Bundled as a reader's own build would do it, and run by Node. */
async function runProgram(source: string, environment: Record<string, string>): Promise<string> {
  const file = join(folder, `${crypto.randomUUID()}.mjs`)
  await build({
    stdin: { contents: source, loader: 'ts', resolveDir: import.meta.dirname },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outfile: file,
    logLevel: 'silent',
  })
  const { stdout } = await run(process.execPath, [file], { env: { ...process.env, ...environment } })
  return stdout
}

describe('a snippet made of an exchange gets 200 from a server that asks for nonces', () => {
  it('as curl, once; its proof is then spent', { timeout: patience }, async () => {
    const command = `${toCurl(await unsent())} -s`
    expect((await shell(command)).stdout).toMatch(/^HTTP\/1\.1 200/)
    const again = (await shell(command)).stdout
    expect(again).toMatch(/^HTTP\/1\.1 401/)
    expect(again).toContain('jti.unused')
  })

  it('as TypeScript, with the live token in it', { timeout: patience }, async () => {
    const DPOP_KEY = JSON.stringify(await exportPrivateJwk(key))
    const source = toTypeScript(await unsent())
    expect(source).toContain(accessToken)
    expect(await runProgram(source, { DPOP_KEY })).toContain('200 {"sub":"alice"}')
  })

  it('as TypeScript, redacted, with the token from the environment', { timeout: patience }, async () => {
    const DPOP_KEY = JSON.stringify(await exportPrivateJwk(key))
    const source = toTypeScript(redact(await unsent()))
    expect(source).not.toContain('eyJ')
    expect(await runProgram(source, { DPOP_KEY, ACCESS_TOKEN: accessToken })).toContain('200 {"sub":"alice"}')
  })
})
