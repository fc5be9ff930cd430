export { type FixedClock, fixedClock } from './fixed-clock.ts'
export { type Random, seededRandom } from './fuzz/random.ts'
export { type TestKey, type TestKeyName, testKeys } from './keys/test-keys.ts'
export { requirement, titleOf } from './requirement.ts'
