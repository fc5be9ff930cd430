import { defineConfig } from 'vitest/config'

/** One run over every workspace's unit and protocol tests. The browser tests have their own runner (e2e/). */
export default defineConfig({
  test: {
    projects: ['packages/*', 'prisma', 'apps/*', 'spec', 'bench', 'cluster', 'interop'],
  },
})
