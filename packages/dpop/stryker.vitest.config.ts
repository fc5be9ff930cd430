import { statSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const here = (path: string) => new URL(path, import.meta.url).pathname

/** Small files first: a mutant ends at the first test that fails, and the tests of one function are shorter than those of the whole. */
class SmallFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files
      .map((file) => ({ file, size: statSync(file.moduleId).size }))
      .sort((a, b) => a.size - b.size)
      .map(({ file }) => file)
  }
}

/** For `npm run mutate`: the unit tests alone, and every import of the package, testkit's too, is of the copy that is mutated. */
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
