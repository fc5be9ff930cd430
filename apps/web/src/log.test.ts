import { hasFullDisk, onAFullDisk } from '@keybound/testkit'
import { expect, test } from 'vitest'

test.skipIf(!hasFullDisk)(
  'a disk that is full loses lines of the log, and ends nothing',
  () => {
    const { status, stderr } = onAFullDisk(`
      import { createLog } from '${new URL('log.ts', import.meta.url)}'
      const log = createLog('info')
      for (let line = 0; line < 3; line++) {
        log.error({ err: new Error('one of three') }, 'a request could not be answered')
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      process.stderr.write('still here')`)
    expect([status, stderr]).toEqual([0, 'still here'])
  },
  120_000,
)
