import process from 'node:process'
import { parseArgs } from 'node:util'
import { crashAtEveryPoint } from './crash-at-every-point.ts'
import { openPostgresForCrashes, openSqliteForCrashes } from './open-for-crashes.ts'

/**
 * `npm run crash [-- --times 20] [--database sqlite|postgres]`: a process dies (SIGKILL) at every point of a code exchange and of a refresh,
 * so many times each. Exits 1 where anything was had twice, lost, or left by half.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { times: { type: 'string', default: '20' }, database: { type: 'string', default: 'sqlite' } },
  })
  const times = Number(values.times)
  if (!(times >= 1)) throw new TypeError('--times wants a number')
  const opened =
    values.database === 'postgres' ? await openPostgresForCrashes() : await openSqliteForCrashes()
  const faults: string[] = []
  let deaths = 0
  try {
    for (let time = 1; time <= times; time++) {
      for (const grant of ['code', 'refresh token'] as const) {
        const points = await crashAtEveryPoint({
          ...opened,
          grant,
          fault(sentence) {
            faults.push(sentence)
            process.stdout.write(`${sentence}\n`)
          },
        })
        deaths += points.length
        process.stdout.write(
          `${time} of ${times}, ${grant}: ${points.length} points (${points.join(', ')})\n`,
        )
      }
    }
  } finally {
    await opened.close()
  }
  process.stdout.write(`${deaths} deaths, ${faults.length} faults\n`)
  process.exitCode = faults.length > 0 ? 1 : 0
}

await main()
