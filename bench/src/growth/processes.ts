import { fork } from 'node:child_process'
import { once } from 'node:events'

/** Protected requests per second that `count` processes do together, each with its own caches and memory ledger, for some seconds. */
export async function throughputOf(count: number, seconds: number): Promise<number> {
  const children = Array.from({ length: count }, () =>
    fork(new URL('./growth/verify-process.js', import.meta.url), {
      env: { ...process.env, BENCH_SECONDS: String(seconds) },
    }),
  )
  await Promise.all(children.map((child) => once(child, 'message')))
  const answers = children.map((child) => once(child, 'message'))
  for (const child of children) child.send('go')
  const rates = await Promise.all(answers)
  for (const child of children) child.disconnect()
  return rates.reduce((sum, [rate]) => sum + (rate as number), 0)
}
