import { exec, execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  checkProof,
  createNonceCache,
  createNonces,
  createProof,
  dpopFetch,
  exportPrivateJwk,
  generateKey,
  ledgerEntry,
  proofPolicy,
  remember,
} from '@keybound/dpop'
import { OAuthError, parseAuthorization, resourceErrorResponse } from '@keybound/oauth'
import { memoryLedger } from '@keybound/stores/memory'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Exchange } from '../exchange.ts'
import { recordingFetch } from '../recording-fetch.ts'
import { redact } from '../redact.ts'
import { toCurl } from './to-curl.ts'
import { toTypeScript } from './to-typescript.ts'

const run = promisify(execFile)
const shell = promisify(exec)
const patience = 120_000
const accessToken = 'at_an-opaque-token-that-the-server-knows'

let server: Server
let folder: string
let url: string
const key = await generateKey('ES256', { extractable: true })
const nonces = createNonceCache()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keybound-snippets-'))
  server = createServer().listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/profile`
  server.on('request', async (req, res) => {
    const answer = await profile(webRequest(req))
    res.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text())
  })
}, patience)

afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true, force: true })
})

const serverNonces = createNonces({ secret: 'a secret of thirty-two octets or more', step: 3600 })
// A loaded machine may take its time between the making of a proof and the run of a snippet.
const policy = proofPolicy({ lifetime: 3600 })
const ledger = memoryLedger()

/** A protected resource out of the real parts of @keybound/dpop, with one token. */
async function profile(request: Request): Promise<Response> {
  const now = Date.now() / 1000
  try {
    const credentials = parseAuthorization(request.headers)
    const expected = { method: request.method, url, accessToken, nonces: serverNonces, policy, now }
    const proof = await checkProof(request.headers.get('dpop') ?? '', expected)
    await remember(ledger, await ledgerEntry('api', proof, now))
    const known = credentials?.credentials === accessToken && proof.jkt === key.jkt
    return known ? Response.json({ sub: 'alice' }) : new Response(null, { status: 403 })
  } catch (error) {
    const nonce = error instanceof OAuthError ? await serverNonces.issue(now) : undefined
    return resourceErrorResponse(error, { schemes: ['DPoP'], algs: policy.algs, nonce })
  }
}

function webRequest(req: IncomingMessage): Request {
  const headers = Object.entries(req.headers).map(
    ([name, value]) => [name, String(value)] as [string, string],
  )
  return new Request(url, { method: req.method ?? 'GET', headers })
}

/** An exchange with a good proof that was never sent, so that it is still to be spent. */
async function unsent(headers: Readonly<Record<string, string>> = {}): Promise<Exchange> {
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
  await fetch(url, { headers: { ...headers, authorization: `DPoP ${accessToken}`, dpop } }).catch(
    () => undefined,
  )
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

/** What a browser adds by itself, and the page for the journal. */
const ofABrowser = {
  accept: 'application/json',
  'accept-language': 'en-GB',
  'keybound-trace': 'a'.repeat(24),
  origin: 'http://web.example',
  referer: 'http://web.example/',
  'sec-ch-ua-platform': '"Linux"',
  'sec-fetch-mode': 'cors',
  'user-agent': 'Mozilla/5.0',
}

describe('a snippet made of an exchange gets 200 from a server that asks for nonces', () => {
  it('as curl, once; its proof is then spent', { timeout: patience }, async () => {
    const command = `${toCurl(await unsent(ofABrowser))} -s`
    expect(command.match(/-H '[^:]*/g)).toEqual(["-H 'Accept", "-H 'Authorization", "-H 'DPoP"])
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
    expect(source).not.toContain(accessToken)
    expect(await runProgram(source, { DPOP_KEY, ACCESS_TOKEN: accessToken })).toContain('200 {"sub":"alice"}')
  })
})
