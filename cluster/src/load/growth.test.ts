import { expect, test } from 'vitest'
import { lowestOfEach, slopePerHour } from './growth.ts'

test('what is left after collections is the lowest of each piece; a piece that is not whole does not count', () => {
  expect(lowestOfEach([5, 9, 7, 6, 8, 12, 1], 3)).toEqual([5, 6])
})

test('the slope is that of the line through the samples, per hour', () => {
  const line = Array.from({ length: 20 }, (_, at) => 40 + at / 10)
  expect(slopePerHour(line, 30)).toBeCloseTo(12)
  expect(slopePerHour([40, 44, 40, 44, 40], 30)).toBeCloseTo(0)
})
