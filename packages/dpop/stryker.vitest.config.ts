import { defineConfig } from 'vitest/config'
import SmallFilesFirst from './test/small-files-first.ts'

const here = (path: string) => new URL(path, import.meta.url).pathname

/** For `npm run mutate`: the unit tests alone, in one process, and every import of the package, testkit's too, is of the copy that is mutated. */
export default defineConfig({
  resolve: {
    alias: [
      { find: /^@keybound\/dpop$/, replacement: here('./src/index.ts') },
      { find: /^@keybound\/dpop\/(client|server|testing)$/, replacement: here('./src/$1.ts') },
    ],
  },
  test: {
    include: ['src/**/*.test.ts'],
    testTimeout: 60_000,
    runner: here('./test/counting-runner.ts'),
    sequence: { sequencer: SmallFilesFirst },
    isolate: false,
  },
})
