import { memoryUsage } from 'node:process'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose_gc')
const collect = runInNewContext('gc') as () => void

/** Bytes that this process holds on to: what nobody holds any more is collected first. Everything in it counts, the notes of the lab too. */
export function memoryInUse(): number {
  collect()
  const { heapUsed, external } = memoryUsage()
  return heapUsed + external
}
