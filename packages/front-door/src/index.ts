export { checkTarget, isCanonicalPath } from './canonical-target.ts'
export { type FrontDoor, type FrontDoorOptions, openFrontDoor } from './front-door.ts'
export { defaultLimits, type Limits } from './limits.ts'
export { trustedProxies } from './trusted-proxies.ts'
