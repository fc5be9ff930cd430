import { type AttackOutcome, type Exchange, redact } from '@keybound/exchange'
import { launchAttack } from '../lab/launch-attack.ts'

/** The two sides, by the names that the lab has for them. */
export type Side = 'bearer' | 'dpop'

/**
 * Plays one theft on both sides at once, on servers that the lab opens for it: whatever is weak is there, and nowhere else.
 * Throws LabProblem where the lab does not answer or does not know the theft.
 */
export async function playBoth(
  labUrl: string,
  attack: string,
  send?: typeof fetch,
): Promise<Readonly<Record<Side, AttackOutcome>>> {
  const [bearer, dpop] = await Promise.all([
    play(labUrl, attack, 'bearer', send),
    play(labUrl, attack, 'dpop', send),
  ])
  return { bearer, dpop }
}

async function play(
  labUrl: string,
  attack: string,
  side: Side,
  send: typeof fetch | undefined,
): Promise<AttackOutcome> {
  const played = await launchAttack(labUrl, attack, side, send)
  return { ...played, exchanges: played.exchanges.map(forThePage) }
}

/** Without tokens, and without the part of the path that only says whose servers these are. */
function forThePage(exchange: Exchange): Exchange {
  const { request } = exchange
  return redact({ ...exchange, request: { ...request, url: request.url.replace(/\/w\/[\w-]+(?=\/)/, '') } })
}
