import { expect, test } from 'vitest'
import { weaknessOfSecret } from './index.ts'

test('32 random bytes may be used, in whatever encoding, and of other letters as well', () => {
  expect(weaknessOfSecret('MEpvYj4PcnP3h1o0Tn3JmsUoQb9YyLcdQ2wqU9cT1zk')).toBeUndefined()
  expect(weaknessOfSecret('09f911029d74e35bd84156c5635688c0')).toBeUndefined()
  expect(weaknessOfSecret('äöüßéèçñåøæþ')).toBe('must be at least 32 bytes long')
  expect(weaknessOfSecret('äöüßéèçñåøæþðýúí')).toBeUndefined()
})

test.each([
  ['', 'must be at least 32 bytes long'],
  ['09f911029d74e35bd84156c5635688c', 'must be at least 32 bytes long'],
  ['x'.repeat(64), 'is too simple: use 32 random bytes'],
  ['abcdefg'.repeat(8), 'is too simple: use 32 random bytes'],
  ['change-me-to-something-long-and-secret', 'looks like an example: use 32 random bytes'],
  ['YOUR_SECRET_goes_here_0123456789abcdef', 'looks like an example: use 32 random bytes'],
])('a secret that is short, simple or an example is told so: %j', (secret, weakness) => {
  expect(weaknessOfSecret(secret)).toBe(weakness)
})
