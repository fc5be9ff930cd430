import { expect, test } from '@playwright/test'
import { platform } from '../harness/platform.ts'
import { runAll, watchForLoot } from '../harness/playground.ts'
import { readRefusal } from '../harness/read-refusal.ts'

test('a proof copied from a browser is refused again and again, alone and fifty at once', async ({
  page,
}) => {
  const { profileUrl } = platform()
  const loot = watchForLoot(page)
  await runAll(page)
  const { accessToken, proof } = await loot()
  const replay = async (url = profileUrl) => {
    const response = await fetch(url, { headers: { authorization: `DPoP ${accessToken}`, dpop: proof } })
    return readRefusal({ status: response.status, headers: response.headers, text: await response.text() })
  }
  // A proof may be too old by now (20 s): either way it is refused, and never for the wrong reason.
  const refusals = [
    await replay(),
    await replay(),
    ...(await Promise.all(Array.from({ length: 50 }, () => replay()))),
  ]
  for (const refusal of refusals) {
    expect(refusal).toMatchObject({ status: 401, error: 'invalid_dpop_proof' })
    expect(['jti.unused', 'iat.window']).toContain(refusal.reason)
  }
  expect(refusals[0]?.reason).toBe('jti.unused')
  expect(await replay(`${platform().issuer}/userinfo`)).toMatchObject({
    status: 401,
    reason: expect.stringMatching(/^(htu\.match|iat\.window)$/),
  })
})
