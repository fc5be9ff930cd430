import { expect, test } from 'vitest'
import { slopePerHour } from './slope-per-hour.ts'

test('the slope is that of the line through the samples, per hour', () => {
  const line = Array.from({ length: 20 }, (_, at) => 40 + at / 10)
  expect(slopePerHour(line, 30)).toBeCloseTo(12)
  expect(slopePerHour([40, 44, 40, 44, 40], 30)).toBeCloseTo(0)
})
