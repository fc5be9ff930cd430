import { generateKeyPair } from '@keybound/dpop/client'
import { readKey } from '../playground-key.ts'
import { StepProblem } from '../step-problem.ts'
import type { Step } from './step-tools.ts'

/** A new key pair of the chosen algorithm, put where the options say. */
export const generateTheKey: Step = async ({ options }, { keyStore, clock }) => {
  const { alg } = options
  const pair = await generateKeyPair(alg, { extractable: false }).catch(() => {
    throw new StepProblem(`This browser makes no keys for ${alg}. Choose another algorithm.`)
  })
  const kept = { pair, alg, createdAt: clock() }
  await keyStore.write(kept)
  return { key: await readKey(kept) }
}
