import { createNonceCache, createProof, dpopFetch, generateKey } from '@keybound/dpop'
import { expect, test } from '@playwright/test'
import { platform } from '../harness/platform.ts'
import { runAll, watchForLoot } from '../harness/playground.ts'
import { readRefusal } from '../harness/read-refusal.ts'
import { signIn } from '../harness/sign-in.ts'

test('an access token stolen from a browser is useless: as Bearer, with another key, without a proof, in other spellings', async ({
  page,
}) => {
  const { profileUrl, issuer } = platform()
  const loot = watchForLoot(page)
  await runAll(page)
  const { accessToken } = await loot()
  const nonces = createNonceCache()
  const thief = await generateKey()

  expect(await ask({ authorization: `Bearer ${accessToken}` })).toMatchObject({
    status: 401,
    error: 'invalid_token',
    reason: 'scheme.match',
  })
  expect(await ask({ authorization: `DPoP ${accessToken}` })).toMatchObject({
    status: 401,
    error: 'invalid_dpop_proof',
    reason: 'header.single',
  })
  const otherKey = await dpopFetch(profileUrl, { key: thief, accessToken, nonces })
  expect(await told(otherKey)).toMatchObject({ status: 401, error: 'invalid_token', reason: 'jkt.match' })

  // The same token and a flawless proof by the thief's key, under every spelling of the scheme.
  for (const scheme of ['bearer', 'BEARER', 'Bearer', 'dpop', 'DPOP', 'Token', 'MAC']) {
    const nonce = nonces.get(new URL(profileUrl).origin)
    const dpop = await createProof(thief, { method: 'GET', url: profileUrl, accessToken, nonce })
    const { status } = await ask({ authorization: `${scheme} ${accessToken}`, dpop })
    expect([400, 401], scheme).toContain(status)
  }
  for (const method of ['POST', 'PUT', 'PATCH', 'HEAD']) {
    const { status } = await told(
      await fetch(profileUrl, { method, headers: { authorization: `Bearer ${accessToken}` } }),
    )
    expect([401, 405], method).toContain(status)
  }
  for (const path of [
    `${profileUrl}/`,
    `${profileUrl}?x=1`,
    profileUrl.replace('/api/', '//api/'),
    profileUrl.replace('profile', '%70rofile'),
  ]) {
    const { status } = await told(await fetch(path, { headers: { authorization: `Bearer ${accessToken}` } }))
    expect([400, 401, 404], path).toContain(status)
  }

  const userinfo = await fetch(`${issuer}/userinfo`, { headers: { authorization: `Bearer ${accessToken}` } })
  expect(userinfo.status).toBe(401)
  const byThief = await dpopFetch(`${issuer}/userinfo`, { key: thief, accessToken, nonces })
  expect(await told(byThief)).toMatchObject({ status: 401, error: 'invalid_token', reason: 'jkt.match' })

  async function ask(headers: Record<string, string>) {
    return told(await fetch(profileUrl, { headers }))
  }
})

test('the profile page shows each theft fail', async ({ page }) => {
  await signIn(page)
  const expected = {
    'Send it as Bearer': 'scheme.match',
    'Send the same proof again': 'jti.unused',
    'Sign with another key': 'jkt.match',
  }
  for (const [link, check] of Object.entries(expected)) {
    await page.getByRole('link', { name: link }).click()
    const result = page.getByRole('status').filter({ hasText: '401' })
    await expect(result).toContainText(check)
  }
})

async function told(response: Response) {
  return readRefusal({ status: response.status, headers: response.headers, text: await response.text() })
}
