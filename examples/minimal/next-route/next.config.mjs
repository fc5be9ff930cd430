import { join } from 'node:path'

/** The smallest app there is: two routes to compare. */
export default { poweredByHeader: false, turbopack: { root: join(import.meta.dirname, '../../..') } }
