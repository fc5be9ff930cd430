import { platform } from '@keybound/e2e/harness/platform'
import { test as base, expect, type TestDetails } from '@playwright/test'
import { evidence, type Feature } from './evidence.ts'
import { stealFrom } from './steal-from.ts'
import { openWire, type Wire } from './wire.ts'

/** Who is at the other end of a row of docs/interop.md. */
export interface Subject {
  readonly product: string
  readonly version: string
  readonly role: 'client' | 'resource server' | 'authorization server'
}

/** The details of a test that is a row. */
export function row({ product, version, role }: Subject): TestDetails {
  const annotation = Object.entries({ product, version, role }).map(([type, description]) => ({
    type,
    description,
  }))
  return { annotation }
}

export const test = base.extend<{ wire: Wire }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from the pattern
  wire: async ({}, use) => use(await openWire()),
})

/** Names something that the row has shown; what is wrong throws before. */
export function exercised(what: string): void {
  test.info().annotations.push({ type: 'exercised', description: what })
}

/** What a reader of the matrix should know of the other side, with the evidence that the run has just seen. */
export function finding(text: string): void {
  test.info().annotations.push({ type: 'finding', description: text })
}

const codeFlow: readonly Feature[] = [
  'discovery',
  'PAR',
  'code bound to the key',
  'code + PKCE',
  'token bound to its key',
  'nonce of the auth-server',
  'nonce of the API',
  'refresh',
  'resource call',
]

/** The whole flow was seen on the wire, but for what this client does not do; and whoever copies its last request gets nothing for it. */
export async function expectCodeFlow(wire: Wire, { without = [] }: { without?: readonly Feature[] } = {}) {
  await expectOnTheWire(
    wire,
    codeFlow.filter((feature) => !without.includes(feature)),
  )
  await expectTheftToFail(wire)
}

/** Each of the features was seen on the wire. */
export async function expectOnTheWire(wire: Wire, features: readonly Feature[]): Promise<void> {
  const seen = await wire.exchanges()
  const requests = seen.map(({ method, path, status }) => `${method} ${path} ${status}`).join('\n')
  for (const feature of features) {
    expect(await evidence[feature](seen), `${feature}, in what went over the wire:\n${requests}`).toBe(true)
    exercised(feature)
  }
}

/** Whoever copies the last request for the profile from the wire gets nothing for it. */
export async function expectTheftToFail(wire: Wire): Promise<void> {
  const refusals = await stealFrom(platform(), await wire.exchanges())
  expect(refusals).toEqual({
    // On a slow machine the program may have ended so late that the proof is too old to be a replay.
    'replay refused': expect.stringMatching(/^401 invalid_dpop_proof (jti\.unused|iat\.window)$/),
    'wrong key refused': '401 invalid_token jkt.match',
    'Bearer refused': '401 invalid_token scheme.match',
  })
  for (const refusal of Object.keys(refusals)) exercised(refusal)
}
