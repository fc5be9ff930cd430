import type { AttackDescription } from '@keybound/exchange'
import { env } from '../env.ts'

/** The attacks, asked of the lab; undefined where it does not run. */
export async function findAttacks(): Promise<readonly AttackDescription[] | undefined> {
  const { labUrl } = env()
  if (labUrl === undefined) return undefined
  try {
    const response = await fetch(`${labUrl}/attacks`, {
      cache: 'no-store',
      signal: AbortSignal.timeout(5000),
    })
    return response.ok ? ((await response.json()) as AttackDescription[]) : undefined
  } catch {
    return undefined
  }
}
