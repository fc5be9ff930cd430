import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import {
  benchClientAuthentication,
  formatRefusalTimes,
} from './client-authentication/client-authentication.ts'
import { benchCreate } from './create/create.ts'
import { formatGrowth } from './growth/format-growth.ts'
import { benchGrowth } from './growth/growth.ts'
import { benchLayouts, formatLayouts } from './ledger/layouts.ts'
import { benchLedger } from './ledger/ledger.ts'
import { benchProcesses, formatProcesses } from './ledger/two-processes.ts'
import type { Effort } from './paired.ts'
import { benchProtectedRoute } from './protected-route/protected-route.ts'
import { formatRouteCosts } from './protected-route/route-costs.ts'
import { formatSection } from './section.ts'
import { formatTokenEndpoint } from './token-endpoint/format-token-endpoint.ts'
import { benchTokenEndpoint } from './token-endpoint/token-endpoint.ts'
import { benchGarbage } from './verify/garbage.ts'
import { benchVerify } from './verify/verify.ts'

/** Each benchmark runs, prints its tables as they are ready, and returns its figures for the JSON file. */
const BENCHES: Record<string, (effort: Effort, quick: boolean) => Promise<unknown>> = {
  verify: (effort) => benchVerify(effort).then((sections) => sections.map(printed)),
  garbage: (effort) => benchGarbage(effort).then(printed),
  create: (effort) => benchCreate(effort).then((sections) => sections.map(printed)),
  async 'protected-route'(_, quick) {
    const costs = await benchProtectedRoute(quick ? { amount: 300, rounds: 1 } : { amount: 3000, rounds: 6 })
    console.log(formatRouteCosts(costs))
    return costs
  },
  async 'token-endpoint'(_, quick) {
    const costs = await benchTokenEndpoint(quick ? { amount: 100, rounds: 1 } : { amount: 2000, rounds: 8 })
    for (const cost of costs) console.log(formatTokenEndpoint(cost))
    return costs
  },
  async 'client-authentication'(_, quick) {
    const times = await benchClientAuthentication(quick ? 300 : 5000)
    console.log(formatRefusalTimes(times))
    return times
  },
  'ledger-sqlite': (_, quick) => benchLedger('SQLite', { quick }),
  async 'ledger-layouts'(_, quick) {
    const figures = benchLayouts({ quick })
    console.log(formatLayouts(figures))
    return figures
  },
  async 'ledger-processes'(_, quick) {
    const figures = await benchProcesses({ quick })
    console.log(formatProcesses(figures))
    return figures
  },
  'ledger-redis': (_, quick) => benchLedger('Redis', { quick }),
  'ledger-postgresql': (_, quick) => benchLedger('PostgreSQL', { quick }),
  async growth(_, quick) {
    const all = await benchGrowth({ quick })
    for (const growth of all) console.log(formatGrowth(growth))
    return all
  },
}

const { values, positionals } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'string', default: '../.keybound/bench.json' },
  },
  allowPositionals: true,
})
const names = Object.keys(BENCHES)
const unknown = positionals.find((given) => !names.some((name) => isMeant(name, given)))
if (unknown) throw new Error(`no benchmark is called ${unknown}; there are ${names.join(', ')}`)

/** Short rounds and many of them: what else the machine does then falls into few, and the median does not see it. */
const effort = values.quick ? { size: 40, rounds: 9, warmup: 10 } : { size: 200, rounds: 45, warmup: 10 }
const machine = `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}`
console.log(`${machine}; ${effort.rounds} rounds of ${effort.size}`)
if (values.quick)
  console.log('Quick: whether all of it runs. Rounds as short as these miss targets that whole ones reach.')
console.log()

const results: Record<string, unknown> = {}
for (const [name, bench] of Object.entries(BENCHES)) {
  if (positionals.length === 0 || positionals.some((given) => isMeant(name, given)))
    results[name] = await bench(effort, values.quick)
}
mkdirSync(dirname(values.json), { recursive: true })
writeFileSync(
  values.json,
  `${JSON.stringify({ date: new Date().toISOString(), machine, effort, results }, null, 2)}\n`,
)
console.log(`The figures as JSON: ${resolve(values.json)}`)

/** `ledger` means all that begin so: each of them has a run of its own. */
function isMeant(name: string, given: string): boolean {
  return name === given || name.startsWith(`${given}-`)
}

function printed<T extends Parameters<typeof formatSection>[0]>(section: T): T {
  console.log(formatSection(section))
  return section
}
