export { type FixedClock, fixedClock } from './fixed-clock.ts'
export { type TestKey, type TestKeyName, testKeys } from './keys/test-keys.ts'
export { requirement, titleOf } from './requirement.ts'
