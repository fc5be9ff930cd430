import fc from 'fast-check'
import { expect, it } from 'vitest'
import { splitDifference } from './difference.tsx'

it('marks where two texts differ', () => {
  expect(splitDifference('https://api.example/a', 'http://api.example/a')).toEqual({
    before: 'http',
    one: 's',
    other: '',
    after: '://api.example/a',
  })
  expect(splitDifference('GET', 'get')).toMatchObject({ one: 'GET', other: 'get' })
})

it('loses nothing of either text', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const parts = splitDifference(one, other)
      expect(parts.before + parts.one + parts.after).toBe(one)
      expect(parts.before + parts.other + parts.after).toBe(other)
    }),
  )
})
