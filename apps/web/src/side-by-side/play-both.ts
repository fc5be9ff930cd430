import { type Exchange, redact } from '@keybound/exchange'

/** The two sides, by the names that the lab has for them. */
export const sides = ['bearer', 'dpop'] as const
export type Side = (typeof sides)[number]

/** What came of one theft on one side. The exchanges are those of the victim and of the thief, in order. */
export interface Played {
  readonly result: 'stopped' | 'succeeded' | 'not applicable'
  readonly by: readonly string[]
  readonly exchanges: readonly Exchange[]
}

/** Why the lab could not be asked, for the page. */
export class LabProblem extends Error {
  override readonly name = 'LabProblem'
}

/**
 * Plays one theft on both sides at once, on servers that the lab opens for it: whatever is weak is there, and nowhere else.
 * Throws LabProblem where the lab does not answer or does not know the theft.
 */
export async function playBoth(
  labUrl: string,
  attack: string,
  fetch: typeof globalThis.fetch,
): Promise<Readonly<Record<Side, Played>>> {
  const [bearer, dpop] = await Promise.all(sides.map((side) => play(labUrl, attack, side, fetch)))
  if (bearer === undefined || dpop === undefined) throw new LabProblem('The lab gave no answer.')
  return { bearer, dpop }
}

async function play(
  labUrl: string,
  attack: string,
  side: Side,
  fetch: typeof globalThis.fetch,
): Promise<Played> {
  const url = `${labUrl}/attacks/${attack}?column=${side}`
  const response = await fetch(url, { method: 'POST' }).catch(() => {
    throw new LabProblem('The lab does not answer. Is it running?')
  })
  if (response.status === 429) throw new LabProblem('The lab is busy. Try again in a moment.')
  if (!response.ok) throw new LabProblem(`The lab answered ${response.status}.`)
  const played = (await response.json()) as Played
  return { ...played, exchanges: played.exchanges.map(forThePage) }
}

/** Without tokens, and without the part of the path that only says whose servers these are. */
function forThePage(exchange: Exchange): Exchange {
  const { request } = exchange
  return redact({ ...exchange, request: { ...request, url: request.url.replace(/\/w\/[\w-]+(?=\/)/, '') } })
}
