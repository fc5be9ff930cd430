import type { Jkt } from '@keybound/dpop'
import { expect, test } from 'vitest'
import { codeState } from './code-state.ts'

const issued = { expiresAt: 160 }
const consumed = { expiresAt: 160, consumedAt: 110 }
const key = 'key' as Jkt
const other = 'other' as Jkt

const table: [string, Parameters<typeof codeState>, ReturnType<typeof codeState>][] = [
  ['just issued', [issued, undefined, key, 100], 'live'],
  ['at the last moment', [issued, undefined, undefined, 159.9], 'live'],
  ['at its end', [issued, undefined, key, 160], 'ended'],
  ['redeemed, and sent again by the same key', [consumed, { jkt: key }, key, 120], 'reused'],
  ['redeemed, and sent again by the same key long after', [consumed, { jkt: key }, key, 9000], 'reused'],
  ['redeemed, and sent again by another key', [consumed, { jkt: key }, other, 120], 'ended'],
  ['redeemed, and sent again without a proof', [consumed, { jkt: key }, undefined, 120], 'ended'],
  ['redeemed without a key, and sent again alike', [consumed, {}, undefined, 120], 'reused'],
  ['redeemed without a key, and sent again with one', [consumed, {}, key, 120], 'ended'],
  ['redeemed, its grant gone', [consumed, undefined, key, 120], 'ended'],
]

test.each(table)('a code %s', (_, given, expected) => {
  expect(codeState(...given)).toBe(expected)
})
