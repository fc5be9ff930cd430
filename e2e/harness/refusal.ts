import { parseChallenges } from '@keybound/oauth'
import { expect } from '@playwright/test'

/** What an answer must look like so that it tells a client which rule it broke and tells a thief nothing. */
export async function expectRefusal(
  response: Response,
  expected: { status: number; error: string; check?: string; challenge?: boolean },
): Promise<void> {
  const text = await response.clone().text()
  expect(response.status, text).toBe(expected.status)
  expect(text).not.toMatch(/\bat .+:\d+:\d+/)
  const challenge = parseChallenges(response.headers.get('www-authenticate') ?? '').find(
    ({ params }) => params.error,
  )
  const said = expected.challenge ? challenge?.params : (JSON.parse(text) as Record<string, string>)
  expect(said?.error, text).toBe(expected.error)
  if (expected.check)
    expect(said?.error_description).toMatch(new RegExp(`^${expected.check.replace('.', '\\.')}: `))
  if (expected.challenge && expected.error === 'invalid_dpop_proof') expect(said?.algs).toContain('ES256')
}
