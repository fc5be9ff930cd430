import process from 'node:process'
import { missingServers } from '@keybound/testkit/servers'
import { numberIn } from '../number-in.ts'
import { readOptions } from '../read-options.ts'
import { runCommand } from '../run-command.ts'
import { say, Trouble } from '../scripts.ts'
import { crashAtEveryPoint } from './crash-at-every-point.ts'
import { openPostgresForCrashes, openSqliteForCrashes } from './open-for-crashes.ts'

const usage = `npm run crash [-- OPTIONS]

A process with a whole auth-server dies (SIGKILL) at every point of a code exchange and of a refresh: in front of each statement, before and after the
answer. Some fifteen seconds for each turn. A short form: --times 1.

  --times N        turns (20)
  --database KIND  sqlite or postgres (sqlite)

Exit code 1 where anything was had twice, lost, or left by half.`

/** `npm run crash` */
async function main(): Promise<void> {
  const values = readOptions(usage, {
    times: { type: 'string', default: '20' },
    database: { type: 'string', default: 'sqlite' },
  })
  const times = numberIn(values.times, 'times')
  const opened = await openForCrashes(values.database)
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
            say(sentence)
          },
        })
        deaths += points.length
        say(`${time} of ${times}, ${grant}: ${points.length} points (${points.join(', ')})`)
      }
    }
  } finally {
    await opened.close()
  }
  say(`${deaths} deaths, ${faults.length} faults`)
  process.exitCode = faults.length > 0 ? 1 : 0
}

function openForCrashes(database: string) {
  if (database === 'sqlite') return openSqliteForCrashes()
  if (database !== 'postgres') throw new Trouble(`--database is sqlite or postgres, and not ${database}`)
  const [missing] = missingServers(['PostgreSQL'])
  if (missing !== undefined) throw new Trouble(missing)
  return openPostgresForCrashes()
}

await runCommand(main)
