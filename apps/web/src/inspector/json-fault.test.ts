import fc from 'fast-check'
import { expect, it } from 'vitest'
import { jsonFault } from './json-fault.ts'

it('finds no fault in JSON', () => {
  fc.assert(fc.property(fc.json(), (text) => jsonFault(text) === undefined))
})

it('finds one wherever JSON.parse does, also in JSON with a character changed', () => {
  fc.assert(
    fc.property(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', '"', '}', ',', '\\', '\n', 'x', '0'),
      (json, nat, by) => {
        const at = nat % (json.length + 1)
        const text = json.slice(0, at) + by + json.slice(at + 1)
        const fault = jsonFault(text)
        expect(fault === undefined).toBe(isJson(text))
        if (fault !== undefined) expect(fault).toBeLessThanOrEqual(text.length)
      },
    ),
    { numRuns: 500 },
  )
})

it('points at the character', () => {
  expect(jsonFault('{"a":1,}')).toBe(7)
  expect(jsonFault("{'a':1}")).toBe(1)
  expect(jsonFault('{"a":"b\nc"}')).toBe(7)
  expect(jsonFault('{"a":1')).toBe(6)
  expect(jsonFault('{} x')).toBe(3)
  expect(jsonFault('')).toBe(0)
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
