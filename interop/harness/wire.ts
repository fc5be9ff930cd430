import type { Exchange } from './tap.ts'

/** What went over the wire since `openWire`. */
export interface Wire {
  exchanges(): Promise<readonly Exchange[]>
}

export async function openWire(): Promise<Wire> {
  const { count } = await ask(Number.MAX_SAFE_INTEGER)
  return { exchanges: async () => (await ask(count)).exchanges }
}

async function ask(from: number): Promise<{ count: number; exchanges: Exchange[] }> {
  const response = await fetch(`${process.env.INTEROP_WIRE}/?from=${from}`)
  return (await response.json()) as { count: number; exchanges: Exchange[] }
}
