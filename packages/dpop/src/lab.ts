export { checksWithout } from './lab/checks-without.ts'
