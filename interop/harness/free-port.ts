import { createServer } from 'node:http'
import { listen } from './tap.ts'

/** For a program that has to be told its port. */
export async function freePort(): Promise<number> {
  const probe = createServer()
  const port = await listen(probe)
  await new Promise((closed) => probe.close(closed))
  return port
}
