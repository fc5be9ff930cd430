import { parseArgs } from 'node:util'
import { seededRandom } from '@keybound/testkit'
import { headroom, type Measured, needed } from './scale-model.ts'
import { simulateShards } from './shard-load.ts'

/** `npm run scale -w @keybound/cluster [-- --requests-per-core 1000 --writes-per-shard 40000 …]`: the tables of docs/scale.md, from these figures. */
const { values } = parseArgs({
  options: {
    'requests-per-core': { type: 'string', default: '1000' },
    'writes-per-shard': { type: 'string', default: '40000' },
    'octets-per-jti': { type: 'string', default: '140' },
    remembered: { type: 'string', default: '120' },
    'octets-per-write': { type: 'string', default: '250' },
  },
})
const measured: Measured = {
  requestsPerCore: Number(values['requests-per-core']),
  writesPerShard: Number(values['writes-per-shard']),
  octetsPerJti: Number(values['octets-per-jti']),
  remembered: Number(values.remembered),
  octetsPerWrite: Number(values['octets-per-write']),
}

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
process.stdout.write(
  `${lines.join('\n')}\n\nNo part is planned to work more than ${headroom * 100} % of the time.\n`,
)
