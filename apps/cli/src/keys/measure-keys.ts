// npm run key-costs -w @keybound/cli-app: what a proof costs with each kind of key that can be opened here (docs/keys.md keeps the figures).
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createProof, type Signer } from '@keybound/dpop'
import { readEnv } from '../env.ts'
import { keyKinds } from './key-kind.ts'
import { openKey } from './open-key.ts'

const rounds = 15
const proofsPerRound = 20

const page = createServer((_, response) =>
  response.setHeader('content-type', 'text/html').end('<title>key</title>'),
)
await new Promise<void>((listening) => page.listen(0, '127.0.0.1', listening))
const env = { ...readEnv(), web: `http://localhost:${(page.address() as AddressInfo).port}` }

console.log(
  `${'kind'.padEnd(10)}${'to open'.padStart(12)}${'a proof, median'.padStart(18)}${'least'.padStart(10)}`,
)
for (const kind of keyKinds) {
  if (kind === 'bff') continue
  const start = performance.now()
  const key = await openKey(kind, env).catch((reason: unknown) => String(reason))
  if (typeof key === 'string') {
    console.log(`${kind.padEnd(10)}  not measured: ${key}`)
    continue
  }
  const opened = performance.now() - start
  const times = await costs(key.signer)
  const median = times[Math.floor(times.length / 2)] ?? 0
  console.log(
    `${kind.padEnd(10)}${`${opened.toFixed(0)} ms`.padStart(12)}${`${median.toFixed(3)} ms`.padStart(18)}${`${(times[0] ?? 0).toFixed(3)} ms`.padStart(10)}`,
  )
  await key.close()
}
page.close()

/** Milliseconds per proof, the least first: one figure a round, after a round that does not count. */
async function costs(signer: Signer): Promise<number[]> {
  const figures: number[] = []
  for (let round = 0; round <= rounds; round += 1) {
    const start = performance.now()
    for (let i = 0; i < proofsPerRound; i += 1)
      await createProof(signer, { method: 'GET', url: 'https://api.example/api/profile' })
    if (round > 0) figures.push((performance.now() - start) / proofsPerRound)
  }
  return figures.sort((a, b) => a - b)
}
