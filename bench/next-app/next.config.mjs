import { join } from 'node:path'

/** The smallest app there is: three routes to compare. Its types are checked with those of the benchmarks, not once more by each build. */
export default {
  poweredByHeader: false,
  turbopack: { root: join(import.meta.dirname, '../..') },
  typescript: { ignoreBuildErrors: true },
}
