import { expect, test } from 'vitest'
import { titleOf } from './requirement.ts'

test('ends a title in the ids that it proves', () => {
  expect(titleOf('DPOP-4.3-08', 'refuses a proof made for another method')).toBe(
    'refuses a proof made for another method (DPOP-4.3-08)',
  )
  expect(titleOf(['DPOP-7.2-01', 'S-002'], 'refuses a bound token as Bearer')).toBe(
    'refuses a bound token as Bearer (DPOP-7.2-01, S-002)',
  )
})

test('throws at definition for an id that no catalogue has', () => {
  expect(() => titleOf('DPOP-4.3-99', 'x')).toThrow(TypeError)
  expect(() => titleOf([], 'x')).toThrow(TypeError)
})
