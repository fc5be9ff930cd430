import { TestRunner, test } from 'vitest'

/**
 * The runner of `npm run mutate`. Vitest gives a file that cannot even be loaded no failed test, and Stryker, which counts tests, would call the
 * mutant that broke it a survivor: here such a file has one test, and it fails.
 */
export default class CountingRunner extends TestRunner {
  override async importFile(path: string, source: 'collect' | 'setup'): Promise<unknown> {
    try {
      return await super.importFile(path, source)
    } catch (error) {
      if (source === 'setup') throw error
      return test('can be loaded', () => {
        throw error
      })
    }
  }
}
