const minute = 60
const day = 24 * 60 * minute

/**
 * The schedule of signing keys, in seconds. A key is published for longer than all who may have an older key set: this process (5 s),
 * a cache on the way (JWKS say max-age=300) and a resource server (300 s), with as much again for clocks. A retired one stays until
 * no token of it can be met any more, ID tokens as hints at logout included.
 */
export const keyTimes = {
  publish: 20 * minute,
  sign: 30 * day,
  retired: day,
} as const
