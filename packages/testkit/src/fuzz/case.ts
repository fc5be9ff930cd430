import { type Draft, type DraftExpectation, goodDraft, start } from './draft.ts'
import { mutations } from './mutations/index.ts'
import { type Random, seededRandom } from './random.ts'
import { proofOf } from './sign.ts'

/** One input of the fuzzer: what arrives, what is expected of the request, and how it came about. */
export interface FuzzCase {
  readonly proof: string
  readonly expected: DraftExpectation
  /** Of the mutations made, in their order; empty for a good proof; `raw` for bytes out of nothing. */
  readonly mutations: readonly string[]
  /** A good proof, or one changed harmlessly: it has to be accepted. */
  readonly acceptable: boolean
}

/** The case with this number: always the same for the same seed. `nonceAt` gives the nonce that the server supplies at a time. */
export async function caseAt(
  seed: number,
  index: number,
  nonceAt: (now: number) => string | Promise<string>,
): Promise<FuzzCase> {
  const random = seededRandom(seed, index)
  const draft = goodDraft(random, await nonceAt(start - random.pick([0, 60])))
  if (random.chance(0.03)) return rawCase(draft, random)
  const count = random.pick([0, 1, 1, 1, 1, 2, 2, 3])
  const chosen = Array.from({ length: count }, () => random.pick(mutations))
  for (const mutation of chosen) mutation.apply(draft, random)
  return {
    proof: proofOf(draft),
    expected: draft.expected,
    mutations: chosen.map((mutation) => mutation.name),
    acceptable: chosen.every((mutation) => mutation.harmless === true),
  }
}

function rawCase(draft: Draft, random: Random): FuzzCase {
  const length = random.pick([0, 1, 5, 50, 500, 5000])
  const from = random.pick([0, 32, 0x2b])
  const to = random.pick([0x7e, 0xff, 0xffff])
  const proof = Array.from({ length }, () => String.fromCharCode(random.int(from, to))).join('')
  return { proof, expected: draft.expected, mutations: ['raw'], acceptable: false }
}
