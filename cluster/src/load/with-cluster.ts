import { clusterPlatform } from '../race/cluster-platform.ts'
import type { RacePlatform } from '../race/race-platform.ts'
import { type Cluster, type ClusterOptions, startCluster } from '../topology/start-cluster.ts'

const preload = new URL('report-figures.mjs', import.meta.url)

/** A cluster whose replicas tell what they use, for the length of `work`; `connections` to each replica at most. */
export async function withCluster<T>(
  options: Pick<ClusterOptions, 'replicas' | 'ledger'>,
  connections: number,
  work: (platform: RacePlatform, cluster: Cluster) => Promise<T>,
): Promise<T> {
  const cluster = await startCluster({
    ...options,
    front: 'plain',
    env: { NODE_OPTIONS: `--import=${preload}` },
  })
  try {
    const platform = await clusterPlatform(cluster, connections)
    try {
      return await work(platform, cluster)
    } finally {
      await platform.close()
    }
  } finally {
    await cluster.stop()
  }
}
