import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

const here = fileURLToPath(new URL('..', import.meta.url))
const root = join(here, '../..')
const packages = ['oauth', 'dpop', 'resource-server'] as const
const allowed = {
  oauth: [],
  dpop: ['@keybound/oauth', 'jose', 'lru-cache'],
  'resource-server': ['@keybound/dpop', '@keybound/oauth', 'jose', 'lru-cache'],
}
let out: string

vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 })

/** The packed packages side by side in a folder of their own, as an installation would leave them. */
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'keybound-pack-'))
  // What it depends on is packed with it.
  await node([join(root, 'scripts/pack.mjs'), out], join(root, 'packages/resource-server'))
  await mkdir(join(out, 'app/node_modules/@keybound'), { recursive: true })
  for (const name of packages) {
    const target = join(out, 'app/node_modules/@keybound', name)
    await mkdir(target)
    await run('tar', ['xzf', tarball(name), '-C', target, '--strip-components=1'])
  }
  for (const name of ['jose', 'lru-cache', 'hono'])
    await symlink(join(root, 'node_modules', name), join(out, 'app/node_modules', name), 'dir')
})

afterAll(() => rm(out, { recursive: true, force: true }))

describe.each(packages)('the tarball of @keybound/%s', (name) => {
  test('has nothing that publint objects to', async () => {
    const { buffer } = Uint8Array.from(await readFile(tarball(name)))
    const { messages, pkg = {} } = await publint({ pack: { tarball: buffer }, strict: true })
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([])
  })

  test('has types that arethetypeswrong finds right for whoever imports ES modules', async () => {
    // Ends with a fault, and what it found, unless all is well.
    await node([join(root, 'node_modules/.bin/attw'), tarball(name), '--profile=esm-only'])
  })

  test('holds compiled code, declarations, a licence, a README and a changelog, and nothing else', async () => {
    const { stdout } = await run('tar', ['tzf', tarball(name)])
    const others = stdout
      .trim()
      .split('\n')
      .filter((path) => !/^package\/dist\/.*(?<!\.test)\.(?:js|d\.ts)$/.test(path))
    expect(others.sort()).toEqual([
      'package/CHANGELOG.md',
      'package/LICENSE',
      'package/README.md',
      'package/package.json',
    ])
  })

  test('depends on exact versions of what it may depend on', async () => {
    const { dependencies, devDependencies, private: secret, scripts } = await manifest(name)
    expect(Object.keys(dependencies).sort()).toEqual(allowed[name])
    for (const version of Object.values(dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/)
    expect([devDependencies, secret, scripts]).toEqual([undefined, undefined, undefined])
  })
})

test('what was packed makes a proof, checks it and protects a route, on plain Node', async () => {
  const program = join(out, 'app/main.mjs')
  await writeFile(
    program,
    `import { OAuthError } from '@keybound/oauth'
     import { createProof, generateKey, generateKeyPair, signerFromKeyPair } from '@keybound/dpop/client'
     import { checkProof, createKeyCache, defaultProofPolicy } from '@keybound/dpop/server'
     import { checkProof as theSame } from '@keybound/dpop'
     import { forgeProof } from '@keybound/dpop/testing'
     import { answerWithAccess, localKeys } from '@keybound/resource-server'
     import { withAccess } from '@keybound/resource-server/next'
     const key = await generateKey()
     const now = Date.now() / 1000
     const request = { method: 'GET', url: 'https://api.example/', now }
     const expected = { ...request, policy: defaultProofPolicy, keys: createKeyCache() }
     const proof = await checkProof(await createProof(key, request), expected)
     const kept = await signerFromKeyPair(await generateKeyPair('ES256'), 'ES256')
     await checkProof(await createProof(kept, request), expected)
     const bad = await forgeProof(key, { ...request, defect: 'htm-other' })
     const reason = await checkProof(bad, expected).catch((error) => error instanceof OAuthError && error.reason)
     const resource = 'https://api.example/'
     const ledger = { remember: async () => true }
     const options = { resource, issuer: 'https://as.example', keys: localKeys(async () => []), ledger, ledgerName: 'api' }
     const GET = withAccess(answerWithAccess(options), 'profile', () => new Response())
     const refused = await GET(new Request(resource))
     console.log(proof.jkt === key.jkt, checkProof === theSame, reason, refused.status)`,
  )
  const { stdout, stderr } = await node([program])
  expect([stdout.trim(), stderr]).toEqual(['true true htm.match 401', ''])
})

test('its declarations hold for a strict consumer that skips no library', async () => {
  const app = join(out, 'app')
  await writeFile(
    join(app, 'consumer.ts'),
    `import { dpopFetch, generateKey, createNonceCache, type Signer } from '@keybound/dpop/client'
     import { checkProof, explainProof, type Proof, type Verdict } from '@keybound/dpop'
     import { type ForgedProof, forgeProof } from '@keybound/dpop/testing'
     import { type OAuthError, parseAuthorization } from '@keybound/oauth'
     import { type Access, protectResource } from '@keybound/resource-server'
     import { withAccess } from '@keybound/resource-server/next'
     export const key: Promise<Signer> = generateKey('ES256')
     export const all = [dpopFetch, createNonceCache, checkProof, explainProof, forgeProof, parseAuthorization, protectResource, withAccess]
     export type All = Proof | Verdict | ForgedProof | OAuthError | Access`,
  )
  await compile(app, ['consumer.ts'], {
    skipDefaultLibCheck: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
  })
})

test('the examples of the READMEs compile as they stand there, and work together', async () => {
  const app = join(out, 'app')
  const examples: string[] = []
  for (const name of packages) {
    const text = await readFile(join(root, 'packages', name, 'README.md'), 'utf8')
    for (const [index, [, code = '']] of [...text.matchAll(/```ts\n(.*?)```/gs)].entries()) {
      examples.push(`${name}-${index}.ts`)
      await writeFile(join(app, `${name}-${index}.ts`), code)
    }
  }
  // Their way of finding modules; the other one is that of the strict consumer.
  await compile(app, examples, { module: 'esnext', moduleResolution: 'bundler', skipLibCheck: true })
  await writeFile(
    join(app, 'use-examples.mjs'),
    `import { thumbprint } from '@keybound/dpop'
     import { resourceErrorResponse } from '@keybound/oauth'
     import { fetchProtected } from './dpop-0.js'
     import { nonces, proofOf } from './dpop-1.js'
     import { answer } from './oauth-0.js'
     import { app } from './resource-server-0.js'
     const used = new Set()
     const ledger = { remember: async ({ key }) => !used.has(key) && used.add(key).has(key) }
     const seen = []
     globalThis.fetch = async (request) => {
       const { jwk } = JSON.parse(atob(request.headers.get('dpop').split('.')[0]))
       try {
         const { htm } = await proofOf(request, 'abc', { jkt: await thumbprint(jwk) }, ledger)
         return new Response(htm)
       } catch (error) {
         seen.push(error.reason)
         return resourceErrorResponse(error, { algs: ['ES256'], nonce: await nonces.issue(Date.now() / 1000) })
       }
     }
     const url = 'https://api.example/api/profile'
     const served = await (await fetchProtected(url, 'abc', { method: 'PATCH' })).text()
     const refused = await fetchProtected(url, 'another')
     const statuses = [answer(new Request(url)).status, (await app.request(url)).status, refused.status]
     console.log(served, seen.join(' '), used.size, statuses.join(' '))`,
  )
  const { stdout, stderr } = await node([join(app, 'use-examples.mjs')])
  expect([stdout.trim(), stderr]).toEqual(['PATCH nonce.match ath.match 1 401 401 401', ''])
})

async function compile(app: string, files: string[], options: object) {
  const compilerOptions = {
    module: 'nodenext',
    target: 'ES2023',
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    types: [],
    strict: true,
    ...options,
  }
  await writeFile(join(app, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }))
  await writeFile(join(app, 'package.json'), '{ "type": "module" }')
  await node([join(root, 'node_modules/.bin/tsc'), '-p', app])
}

function tarball(name: string): string {
  return join(out, `keybound-${name}-0.1.0.tgz`)
}

async function manifest(name: string) {
  return JSON.parse(await readFile(join(out, 'app/node_modules/@keybound', name, 'package.json'), 'utf8'))
}

function node(args: string[], cwd = here) {
  return run(process.execPath, args, cwd)
}

/** Rejects with what the program wrote, wherever it wrote it. */
async function run(command: string, args: string[], cwd = here) {
  const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}`, NO_COLOR: '1' }
  return promisify(execFile)(command, args, { cwd, env }).catch((error) => {
    throw new Error(`${command} ${args.join(' ')}\n${error.stdout}${error.stderr}`)
  })
}
