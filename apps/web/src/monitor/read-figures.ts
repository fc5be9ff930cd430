import { env } from '../env.ts'
import { nativeFetch } from '../http/native-fetch.ts'
import { type Figures, figuresOf } from './figures.ts'
import { prometheusSamples } from './prometheus-samples.ts'

/** The figures of the servers from their `/metrics`, which listen on loopback. A server that does not answer, or whose port is not known, is left out. */
export async function readFigures(): Promise<readonly Figures[]> {
  const { metrics } = env()
  const read = await Promise.all([
    readServer('auth-server', metrics.authServer),
    readServer('resource-api', metrics.resourceApi),
    readServer('lab', metrics.lab),
  ])
  return read.flatMap((figures) => figures ?? [])
}

async function readServer(server: string, url: string | undefined): Promise<Figures | undefined> {
  if (url === undefined) return undefined
  try {
    const response = await nativeFetch()(url, { signal: AbortSignal.timeout(2000), redirect: 'error' })
    return response.ok ? figuresOf(server, prometheusSamples(await response.text())) : undefined
  } catch {
    return undefined
  }
}
