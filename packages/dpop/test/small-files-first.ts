import { statSync } from 'node:fs'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** For `npm run mutate`. A mutant ends at the first test that fails, and the tests of one function are shorter than those of the whole. */
export default class SmallFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files
      .map((file) => ({ file, size: statSync(file.moduleId).size }))
      .sort((a, b) => a.size - b.size)
      .map(({ file }) => file)
  }
}
