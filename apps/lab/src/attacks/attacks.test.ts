import { columns, redact } from '@keybound/exchange'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runAttack } from '../run-attack.ts'
import { openTargets, type Targets } from '../world/open-targets.ts'
import { attacks } from './attacks.ts'

let targets: Targets
beforeAll(async () => {
  targets = await openTargets(() => Date.now() / 1000)
})
afterAll(() => targets.close())

describe.each(attacks)('attack $number, $title', (attack) => {
  test.each(columns)('comes to what is expected: %s', { timeout: 60_000 }, async (column) => {
    const outcome = await runAttack(targets.worlds, attack, column)
    expect(outcome, JSON.stringify([outcome.result, outcome.by])).toMatchObject({ asExpected: true })
    expect(JSON.stringify(outcome.exchanges.map(redact))).not.toMatch(
      /eyJ[\w-]+\.[\w-]+\.|\b(?:rt|code)_[\w-]{22}/,
    )
    for (const { request } of outcome.exchanges) expect(new URL(request.url).origin).toBe(targets.origin)
  })
})

test('attacks are numbered in their order, and each has an id of its own', () => {
  expect(attacks.map(({ number }) => number)).toEqual(attacks.map((_, index) => index + 1))
  expect(new Set(attacks.map(({ id }) => id)).size).toBe(attacks.length)
})
