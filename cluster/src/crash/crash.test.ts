import { requirement } from '@keybound/testkit'
import { expect } from 'vitest'
import { crashAtEveryPoint } from './crash-at-every-point.ts'
import { openSqliteForCrashes } from './open-for-crashes.ts'

requirement(
  ['T-048', 'L-014'],
  'killed before every statement of an exchange and of a refresh, before its answer and behind it: nothing twice, nothing lost',
  async () => {
    const opened = await openSqliteForCrashes()
    const faults: string[] = []
    const fault = (sentence: string) => faults.push(sentence)
    const points = {
      code: await crashAtEveryPoint({ ...opened, grant: 'code', fault }),
      refresh: await crashAtEveryPoint({ ...opened, grant: 'refresh token', fault }),
    }
    await opened.close()
    expect(faults).toEqual([])
    for (const all of Object.values(points)) {
      expect(all).toEqual(expect.arrayContaining(['died before: COMMIT', 'died after the answer']))
      expect(all.length).toBeGreaterThanOrEqual(8)
    }
  },
  300_000,
)
