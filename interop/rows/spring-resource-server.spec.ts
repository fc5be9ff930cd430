import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createProof, generateKey, type Signer } from '@keybound/dpop'
import { signInAndAllow } from '@keybound/e2e/harness/form-session'
import { platform } from '@keybound/e2e/harness/platform'
import { sendRaw } from '@keybound/e2e/harness/send-raw'
import { expect } from '@playwright/test'
import { compareVerdicts } from '../harness/compare-verdicts.ts'
import { type OurTokens, obtainWithOurClient } from '../harness/our-client.ts'
import { exercised, finding, row, test } from '../harness/row.ts'
import { type SpringApplication, springVersion, startSpring, whyNoSpring } from '../harness/spring.ts'
import { dpop, summary, tryResourceServer } from '../harness/try-resource-server.ts'

const subject = { version: springVersion('resource-server'), role: 'resource server' } as const

const sharedProofs = mkdtempSync(join(tmpdir(), 'keybound-shared-proofs-'))
let spring: SpringApplication
let ours: OurTokens

test.skip(whyNoSpring() !== undefined, whyNoSpring())

test.beforeAll(async () => {
  spring = await startNode()
  ours = await obtain()
})

test.afterAll(async () => {
  await spring?.stop()
  rmSync(sharedProofs, { recursive: true, force: true })
})

const refusals = {
  'our token and proof accepted': '200',
  'replay refused': '401 invalid_dpop_proof',
  'Bearer refused': '401 invalid_token',
  'other method refused': '401 invalid_dpop_proof',
  'other URL refused': '401 invalid_dpop_proof',
  'old proof refused': '401 invalid_dpop_proof',
  'proof for another token refused': '401 invalid_dpop_proof',
}

test(
  'Spring Security accepts our tokens and proofs',
  row({
    product: 'Spring Security, its own DPoP support',
    ...subject,
  }),
  async () => {
    const url = `${spring.url}/api/profile`
    const answers = await tryResourceServer({ url, ...ours })
    expect(answers).toEqual({ ...refusals, 'wrong key refused': '401 invalid_dpop_proof' })
    for (const name of Object.keys(answers)) exercised(name)
    finding(
      'A wrong key is `invalid_dpop_proof`; ours says `invalid_token` (RFC 9449 §7.1, figure 16). Both are 401.',
    )

    expect(await compareVerdicts({ url, ...ours })).toEqual({
      accepts: ['htm-lower', 'jti-huge', 'nbf-future'],
      refuses: ['htu-with-query', 'htu-case'],
    })
    exercised('every forged proof')
    finding(
      'Of all proofs that our forge makes wrong it accepts three that we refuse: `htm` in lower case, a `jti` of any length, an `nbf` that lies ahead. It refuses two that we accept: `htu` with a query, and with another spelling of the same URL; it compares text (RFC 9449 §4.3 (9) has query and fragment ignored, and recommends to normalise).',
    )

    const ed25519 = await obtain(await generateKey('Ed25519'))
    const proof = await createProof(ed25519.key, {
      method: 'GET',
      url,
      accessToken: ed25519.accessToken,
      now: Date.now() / 1000,
    })
    const answer = await fetch(url, dpop(ed25519.accessToken, proof))
    expect(summary(answer)).toBe('401 invalid_dpop_proof')
    expect(answer.headers.get('www-authenticate')).not.toContain('Ed')
    finding(
      'Proofs with Ed25519 are refused: its `algs` names RSA and ECDSA alone. A client that is to work with both uses ES256.',
    )

    expect((await fetch(url, await proved(url))).headers.has('dpop-nonce')).toBe(false)
    finding('It gives out no nonces, so that only the clocks keep a proof from being made in advance.')
  },
)

test(
  'Spring Security trusts the Host header, and each node remembers for itself',
  row({
    product: 'Spring Security, behind proxies and on two nodes',
    ...subject,
  }),
  async () => {
    const elsewhere = 'http://api.example/api/profile'
    const { headers } = await proved(elsewhere)
    const asElsewhere = (origin: string) => sendAs(origin, 'api.example', '/api/profile', headers)
    expect(await asElsewhere(spring.url)).toBe(200)
    expect(await asElsewhere(platform().api)).toBe(401)
    exercised('htu against another Host')
    finding(
      '`htu` is compared with the URL that the request claims for itself, its Host header: a proof for `http://api.example` is accepted by whoever is sent `Host: api.example`. Ours compares with a configured public URL and refuses. Behind a proxy Spring needs `server.forward-headers-strategy` and a proxy that overwrites `X-Forwarded-*`; ours needs `API_URL`.',
    )

    const second = await startNode()
    try {
      expect(await statusesOfReplays('/api/profile', second)).toEqual([200, 401, 200])
      exercised('replay at a second node')
      expect(await statusesOfReplays('/shared/profile', second)).toEqual([200, 401, 401])
      exercised('replay at a second node that shares a cache')
    } finally {
      await second.stop()
    }
    finding(
      'Used proofs are remembered in the memory of one process: a proof that one node has refused as a replay is accepted by the next. With a `Cache` that nodes share, given to `DPoPProofReplayValidator`, the next one refuses it too ([SecurityConfiguration.java](../interop/spring/resource-server/src/main/java/dev/keybound/interop/resourceserver/SecurityConfiguration.java)); ours keeps its ledger in the database.',
    )
  },
)

test(
  'a filter written by hand accepts our tokens and proofs',
  row({
    product: 'Spring Boot, a filter by hand',
    ...subject,
  }),
  async () => {
    const url = `${spring.url}/by-hand/profile`
    const answers = await tryResourceServer({ url, ...ours })
    expect(answers).toEqual({ ...refusals, 'wrong key refused': '401 invalid_token' })
    for (const name of Object.keys(answers)) exercised(name)
    expect(await compareVerdicts({ url, ...ours })).toEqual({
      accepts: ['jti-huge', 'nbf-future', 'exp-past'],
      refuses: ['htu-case'],
    })
    exercised('every forged proof')
    finding(
      'Kept short on purpose: it sets no limit to a `jti`, does not look at `nbf` and `exp` of a proof, and compares `htu` as text, the query left out.',
    )
  },
)

/** One proof, sent to the first node, to it again, and to the second one under the name of the first. */
async function statusesOfReplays(path: string, second: SpringApplication): Promise<number[]> {
  const { host } = new URL(spring.url)
  const { headers } = await proved(spring.url + path)
  const answers: number[] = []
  for (const { url } of [spring, spring, second]) answers.push(await sendAs(url, host, path, headers))
  return answers
}

async function sendAs(
  origin: string,
  host: string,
  path: string,
  { authorization, dpop }: { readonly authorization: string; readonly dpop: string },
): Promise<number> {
  const headers: [string, string][] = [
    ['Host', host],
    ['Authorization', authorization],
    ['DPoP', dpop],
  ]
  return (await sendRaw(origin, { path, headers })).status
}

function startNode(): Promise<SpringApplication> {
  const { issuer, profileUrl } = platform()
  return startSpring('resource-server', (port) => ({
    'keybound.issuer': issuer,
    'keybound.audience': profileUrl,
    'keybound.public-url': `http://127.0.0.1:${port}`,
    'keybound.shared-proofs': sharedProofs,
  }))
}

async function obtain(key?: Signer): Promise<OurTokens> {
  const { issuer, password } = platform()
  const redirectUri = 'http://127.0.0.1:49156/callback'
  const registration = { issuer, clientId: 'cli', redirectUri, scope: 'profile' }
  return obtainWithOurClient(registration, (url) => signInAndAllow(url, password), key && { key })
}

/** A good request for the URL, with our token. */
async function proved(url: string) {
  const { key, accessToken } = ours
  return dpop(
    accessToken,
    await createProof(key, { method: 'GET', url, accessToken, now: Date.now() / 1000 }),
  )
}
