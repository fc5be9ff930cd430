import { seededRandom } from '@keybound/testkit'
import { numberIn } from '../number-in.ts'
import { readOptions } from '../read-options.ts'
import { runCommand } from '../run-command.ts'
import { say } from '../scripts.ts'
import { headroom, type Measured, needed } from './scale-model.ts'
import { simulateShards } from './shard-load.ts'

const usage = `npm run scale -w @keybound/cluster [-- OPTIONS]

The table of docs/scale.md: what 1e4, 1e5 and 1e6 protected requests per second would need, by the model, and how long a write would wait, by a
simulation of its queues. Nothing is measured; put your own figures in.

  --requests-per-core N  that one process serves per second (1000)
  --writes-per-shard N   that one ledger takes per second (40000)
  --octets-per-jti N     of a ledger's memory (140)
  --remembered N         seconds for which a jti is kept (120)
  --octets-per-write N   on the wire, request and answer (250)`

/** `npm run scale` */
async function main(): Promise<void> {
  const values = readOptions(usage, {
    'requests-per-core': { type: 'string', default: '1000' },
    'writes-per-shard': { type: 'string', default: '40000' },
    'octets-per-jti': { type: 'string', default: '140' },
    remembered: { type: 'string', default: '120' },
    'octets-per-write': { type: 'string', default: '250' },
  })
  const said = (name: keyof typeof values) => numberIn(values[name], name)
  say(
    table({
      requestsPerCore: said('requests-per-core'),
      writesPerShard: said('writes-per-shard'),
      octetsPerJti: said('octets-per-jti'),
      remembered: said('remembered'),
      octetsPerWrite: said('octets-per-write'),
    }),
  )
  say(`\nNo part is planned to work more than ${headroom * 100} % of the time.`)
}

function table(measured: Measured): string {
  const lines = [
    '| requests per second | API cores | ledger shards | live jti | ledger memory | network | busiest shard | p50 | p99 |',
  ]
  lines.push('|---|---|---|---|---|---|---|---|---|')
  for (const rate of [1e4, 1e5, 1e6]) {
    const need = needed(rate, measured)
    // Long enough for the queues to settle, and short enough for a million a second.
    const load = {
      rate,
      shards: need.shards,
      shardRate: measured.writesPerShard,
      seconds: Math.min(10, 2e6 / rate),
    }
    const { utilisation, p50, p99 } = simulateShards(load, seededRandom(1, rate))
    const columns = [
      rate.toExponential(0),
      need.cores,
      need.shards,
      need.liveJti.toExponential(1),
      `${need.ledgerGigabytes.toFixed(2)} GB`,
      `${need.network.toFixed(0)} Mbit/s`,
      `${(100 * utilisation).toFixed(0)} %`,
      `${p50.toFixed(3)} ms`,
      `${p99.toFixed(3)} ms`,
    ]
    lines.push(`| ${columns.join(' | ')} |`)
  }
  return lines.join('\n')
}

await runCommand(main)
