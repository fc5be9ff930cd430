import { type CheckId, generateKey, type Signer, signerFromKeyPair } from '@keybound/dpop'
import { forgeProof, PROOF_DEFECTS, type ProofDefect } from '@keybound/dpop/testing'
import { expect, test } from '@playwright/test'
import { type Obtained, obtainTokens } from '../harness/obtain-tokens.ts'
import { platform } from '../harness/platform.ts'
import { readRefusal } from '../harness/read-refusal.ts'
import { sendRaw } from '../harness/send-raw.ts'

test.describe.configure({ mode: 'serial' })

let obtained: Obtained
let key: Signer
let accessToken: string
let refreshToken: string
let endpoint: string

test.beforeAll(async () => {
  obtained = await obtainTokens(platform())
  key = await signerFromKeyPair(obtained.keyPair, 'ES256')
  accessToken = obtained.tokens.access_token
  refreshToken = obtained.tokens.refresh_token ?? ''
  endpoint = obtained.as.token_endpoint ?? ''
})

const defects = Object.entries(PROOF_DEFECTS) as [ProofDefect, CheckId | 'accepted'][]

test.describe('at the resource', () => {
  for (const [defect, check] of defects) {
    test(`a proof with ${defect} is ${check === 'accepted' ? 'accepted' : `refused by ${check}`}`, async () => {
      const proof = await forge(defect, { method: 'GET', url: platform().profileUrl, accessToken })
      if (check === 'jti.unused') expect((await readProfile(proof)).status).toBe(200)
      const { status, error, reason } = await readProfile(proof)
      if (check === 'accepted') return expect(status).toBe(200)
      // Two lines are refused by the front door already, before anybody knows which scheme was meant.
      expect(status).toBe(defect === 'two-headers' ? 400 : 401)
      expect({ error, reason }).toEqual({ error: errorOf(check), reason: check })
    })
  }

  test('a request without a proof is refused by header.single', async () => {
    expect(await readProfile([])).toMatchObject({
      status: 401,
      error: 'invalid_dpop_proof',
      reason: 'header.single',
    })
  })

  test('a token that nobody issued is refused by token.valid', async () => {
    const foreign = `${accessToken.slice(0, -8)}AAAAAAAA`
    const proof = await forge(undefined, { method: 'GET', url: platform().profileUrl, accessToken: foreign })
    expect(await readProfile(proof, foreign)).toMatchObject({
      status: 401,
      error: 'invalid_token',
      reason: 'token.valid',
    })
  })

  test('a token without the scope is refused by scope.enough', async () => {
    const { url, method } = { url: platform().profileUrl, method: 'PATCH' }
    const proof = await forge(undefined, { method, url, accessToken })
    expect(await readProfile(proof, accessToken, method)).toMatchObject({
      status: 403,
      error: 'insufficient_scope',
      reason: 'scope.enough',
    })
  })
})

test.describe('at the token endpoint', () => {
  const ours = defects.filter(([, check]) => check !== 'ath.match')
  for (const [defect, check] of ours) {
    test(`a proof with ${defect} is ${check === 'accepted' ? 'accepted' : `refused by ${check}`}`, async () => {
      const proof = await forge(defect, { method: 'POST', url: endpoint })
      if (check === 'jti.unused') expect((await refresh(proof)).status).toBe(200)
      const { status, error, reason } = await refresh(proof)
      if (check === 'accepted') return expect(status).toBe(200)
      expect({ status, error, reason }).toEqual({ status: 400, error: errorOf(check), reason: check })
    })
  }

  test('a refresh without a proof is refused by client.requires', async () => {
    expect(await refresh([])).toMatchObject({
      status: 400,
      error: 'invalid_dpop_proof',
      reason: 'client.requires',
    })
  })

  test('a refresh with another key is refused by refresh.jkt, and the tokens live on', async () => {
    const proof = await forge(undefined, { method: 'POST', url: endpoint }, await generateKey())
    expect(await refresh(proof)).toMatchObject({ status: 400, error: 'invalid_grant', reason: 'refresh.jkt' })
    expect((await refresh(await forge(undefined, { method: 'POST', url: endpoint }))).status).toBe(200)
  })

  test('nothing that was refused has cost anything: the refresh token still works', async () => {
    expect((await refresh(await forge(undefined, { method: 'POST', url: endpoint }))).status).toBe(200)
  })
})

test('at PAR a dpop_jkt that is not the key of the proof is refused by par.jkt', async () => {
  const url = obtained.as.pushed_authorization_request_endpoint ?? ''
  const proof = await forge(undefined, { method: 'POST', url })
  const other = await generateKey()
  const body = new URLSearchParams({
    client_id: 'cli',
    response_type: 'code',
    redirect_uri: 'http://127.0.0.1:49155/callback',
    scope: 'openid',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    dpop_jkt: other.jkt,
  })
  const answer = await post(url, proof, body)
  expect(answer).toMatchObject({ status: 400, error: 'invalid_request', reason: 'par.jkt' })
})

async function forge(
  defect: ProofDefect | undefined,
  target: { method: string; url: string; accessToken?: string },
  signer: Signer = key,
): Promise<string[]> {
  const proof = await forgeProof(signer, {
    ...target,
    nonce: await nonceOf(target.url),
    now: Date.now() / 1000,
    defect,
  })
  return [proof].flat()
}

/** What a server hands out with its first refusal. */
async function nonceOf(url: string): Promise<string> {
  const { origin, pathname } = new URL(url)
  const method = pathname === '/api/profile' ? 'GET' : 'POST'
  const proof = [await forgeProof(key, { method, url, accessToken, now: Date.now() / 1000 })].flat()
  const answer = method === 'GET' ? await readProfile(proof) : await post(url, proof, await formOf(url))
  expect(answer.reason, `${origin}${pathname}`).toBe('nonce.match')
  return answer.headers.get('dpop-nonce') ?? ''
}

async function formOf(url: string): Promise<URLSearchParams> {
  if (url === endpoint)
    return new URLSearchParams({ client_id: 'cli', grant_type: 'refresh_token', refresh_token: refreshToken })
  return new URLSearchParams({
    client_id: 'cli',
    response_type: 'code',
    redirect_uri: 'http://127.0.0.1:49155/callback',
  })
}

async function readProfile(proofs: readonly string[], token = accessToken, method = 'GET') {
  const { origin, pathname } = new URL(platform().profileUrl)
  const lines = [['Authorization', `DPoP ${token}`], ...proofs.map((proof) => ['DPoP', proof])] as [
    string,
    string,
  ][]
  const body = method === 'PATCH' ? '{}' : undefined
  if (body) lines.push(['Content-Type', 'application/merge-patch+json'])
  return readRefusal(await sendRaw(origin, { method, path: pathname, headers: lines, ...(body && { body }) }))
}

async function refresh(proofs: readonly string[]) {
  const answer = await post(endpoint, proofs, await formOf(endpoint))
  if (answer.status === 200)
    refreshToken = (JSON.parse(answer.text) as { refresh_token: string }).refresh_token
  return answer
}

async function post(url: string, proofs: readonly string[], form: URLSearchParams) {
  const { origin, pathname } = new URL(url)
  const headers = [
    ['Content-Type', 'application/x-www-form-urlencoded'],
    ...proofs.map((proof) => ['DPoP', proof]),
  ] as [string, string][]
  return readRefusal(
    await sendRaw(origin, { method: 'POST', path: pathname, headers, body: form.toString() }),
  )
}

function errorOf(check: CheckId): string {
  return check === 'nonce.match' ? 'use_dpop_nonce' : 'invalid_dpop_proof'
}
