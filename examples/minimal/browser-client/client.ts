// A public client in the page: authorization code, PKCE and DPoP. The key cannot be exported; IndexedDB keeps it over the visit to the login page.
import {
  createNonceCache,
  dpopFetch,
  generateKeyPair,
  type Signer,
  signerFromKeyPair,
} from '@keybound/dpop/client'
import { keptKeyPair } from './kept-key-pair.ts'

interface Settings {
  readonly issuer: string
  readonly api: string
  readonly clientId: string
}

const { issuer, api, clientId } = (await (await fetch('/settings.json')).json()) as Settings
const redirectUri = `${location.origin}/`
const nonces = createNonceCache()
const key: Signer = await signerFromKeyPair(await keptKeyPair(() => generateKeyPair('ES256')), 'ES256')

const button = document.querySelector('button')
button?.addEventListener('click', signIn)
button?.removeAttribute('disabled')
if (new URLSearchParams(location.search).has('state')) await comeBack().catch(show)

async function signIn(): Promise<void> {
  const pending = { state: random(), verifier: random() }
  sessionStorage.setItem('pending', JSON.stringify(pending))
  const url = new URL(`${issuer}/authorize`)
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: 'openid profile',
    state: pending.state,
    code_challenge: await challengeOf(pending.verifier),
    code_challenge_method: 'S256',
    dpop_jkt: key.jkt, // a stolen code is of no use without this key
  }).toString()
  location.assign(url)
}

async function comeBack(): Promise<void> {
  const answer = new URLSearchParams(location.search)
  const pending = JSON.parse(sessionStorage.getItem('pending') ?? '{}')
  sessionStorage.removeItem('pending')
  history.replaceState(null, '', redirectUri) // a reload asks for nothing twice
  if (answer.get('state') !== pending.state) throw new Error('This answer was not asked for here')
  if (answer.get('iss') !== issuer) throw new Error('This answer is from another server (RFC 9207)')
  const code = answer.get('code')
  if (code === null) throw new Error(`Refused: ${answer.get('error')}`)

  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: clientId,
    redirect_uri: redirectUri,
    code_verifier: pending.verifier,
    code,
  })
  const tokens = await read(
    await dpopFetch(`${issuer}/token`, { key, nonces, init: { method: 'POST', body } }),
  )
  if (String(tokens.token_type).toLowerCase() !== 'dpop') throw new Error('The token is not bound to the key')
  show(
    await read(
      await dpopFetch(`${api}/api/profile`, { key, nonces, accessToken: String(tokens.access_token) }),
    ),
  )
}

async function read(response: Response): Promise<Record<string, unknown>> {
  if (!response.ok) throw new Error(`${response.url} answers ${response.status}: ${await response.text()}`)
  return (await response.json()) as Record<string, unknown>
}

function show(what: unknown): void {
  const result = document.getElementById('result')
  if (result) result.textContent = what instanceof Error ? what.message : JSON.stringify(what, null, 2)
}

function random(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)))
}

async function challengeOf(verifier: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))))
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
