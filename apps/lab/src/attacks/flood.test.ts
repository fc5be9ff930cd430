import { expect, test } from 'vitest'
import { memoryInUse } from '../stage/memory-in-use.ts'
import { send } from '../stage/send.ts'
import { newSigners, openStage } from '../stage/stage.ts'
import { openTargets } from '../world/open-targets.ts'
import { allDefences } from '../world/world-settings.ts'
import { withProof } from './credentials.ts'

const clock = () => Date.now() / 1000
const requests = 1500
const proofSize = 12_000

test('memory stays flat under a flood of random proofs', { timeout: 300_000 }, async () => {
  const targets = await openTargets(clock)
  try {
    const {
      world,
      signIn,
      profileUrl: url,
    } = await openStage(targets.worlds.open(allDefences), await newSigners())
    const { accessToken } = await signIn()
    const about = { step: 'flood', from: 'thief', to: 'api' }
    const statuses = new Map<number | undefined, number>()
    async function flood(count: number): Promise<void> {
      for (let sent = 0; sent < count; sent++) {
        const proof = Buffer.from(crypto.getRandomValues(new Uint8Array((proofSize * 3) / 4))).toString(
          'base64url',
        )
        const headers = withProof(accessToken, proof)
        const { response } = await send({ method: 'GET', url, headers }, { about, clock: world.clock })
        statuses.set(response?.status, (statuses.get(response?.status) ?? 0) + 1)
      }
    }
    // What is made once, compiled code above all, is made before.
    await flood(100)
    const before = memoryInUse()
    await flood(requests)
    const grown = memoryInUse() - before
    expect(Object.fromEntries(statuses)).toEqual({ 401: requests + 100 })
    // Were each proof kept, it would be eighteen times a megabyte.
    expect(grown).toBeLessThan((requests * proofSize) / 4)
  } finally {
    await targets.close()
  }
})
