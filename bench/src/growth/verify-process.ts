import { memoryLedger } from '@keybound/stores/memory'
import { ours } from '../verify/ours.ts'
import { createAccessToken, createKey, createWork } from '../verify/work.ts'

/** Says when it is warm, and on "go" how many protected requests per second it did. The time for making proofs is not counted. */
const [server, client] = [await createKey(), await createKey()]
const token = createAccessToken(server, client)
const { verify } = ours(server, 'ours', memoryLedger())

async function batch(): Promise<number> {
  const work = Array.from({ length: 1000 }, () => createWork(client, token, 'none'))
  const started = process.hrtime.bigint()
  for (const item of work) await verify(item)
  return Number(process.hrtime.bigint() - started) / 1e9
}

for (let i = 0; i < 3; i++) await batch()
process.on('message', async () => {
  const end = Date.now() + Number(process.env.BENCH_SECONDS) * 1000
  let seconds = 0
  let requests = 0
  while (Date.now() < end) {
    seconds += await batch()
    requests += 1000
  }
  process.send?.(requests / seconds)
})
process.send?.('warm')
process.on('disconnect', () => process.exit())
