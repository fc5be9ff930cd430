import { IndexedDbDPoPStore, type User, UserManager } from 'oidc-client-ts'

/**
 * A page that is a client by oidc-client-ts: its key lives in IndexedDB and cannot be exported. The library makes the proofs and retries for
 * a nonce at the token endpoint; at the resource that is left to the page.
 */
const { issuer, profileUrl } = JSON.parse(element('settings').textContent ?? '') as Record<string, string>

const users = new UserManager({
  authority: issuer ?? '',
  client_id: 'playground',
  redirect_uri: `${location.origin}/playground/callback`,
  scope: 'openid profile offline_access',
  dpop: { bind_authorization_code: true, store: new IndexedDbDPoPStore() },
})

element('sign-in').onclick = () => users.signinRedirect()
element('refresh').onclick = async () => show(await users.signinSilent())
if (location.pathname === '/playground/callback') await show(await users.signinCallback())

async function show(user: User | null | undefined): Promise<void> {
  element('profile').textContent = user ? await readProfile(user) : 'Not signed in'
}

async function readProfile(user: User): Promise<string> {
  const first = await fetchProfile(user)
  const nonce = first.headers.get('dpop-nonce') ?? undefined
  const asksForNonce = first.headers.get('www-authenticate')?.includes('error="use_dpop_nonce"')
  const response = asksForNonce ? await fetchProfile(user, nonce) : first
  return response.text()
}

async function fetchProfile(user: User, nonce?: string): Promise<Response> {
  const dpop = await users.dpopProof(profileUrl ?? '', user, 'GET', nonce)
  return fetch(profileUrl ?? '', {
    headers: { authorization: `DPoP ${user.access_token}`, dpop: dpop ?? '' },
  })
}

function element(id: string): HTMLElement {
  return document.getElementById(id) as HTMLElement
}
