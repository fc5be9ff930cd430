import type { Answer, RacePlatform, Sendable } from './race-platform.ts'

/** One racer's request, and what its sender knows of it. `unknown`: no answer came, or 503, and then it may have happened or not. */
export interface Attempt {
  readonly outcome: 'ok' | 'denied' | 'unknown'
  /** Absent where no answer came. */
  readonly answer?: Answer
}

/** Sends it once. `isOk` says whether it won. Never rejects. */
export async function attempt(
  platform: RacePlatform,
  replica: number,
  request: Sendable,
  isOk: (answer: Answer) => boolean = ({ status }) => status === 200,
): Promise<Attempt> {
  let answer: Answer
  try {
    answer = await platform.send(replica, request)
  } catch {
    return { outcome: 'unknown' }
  }
  if (isOk(answer)) return { outcome: 'ok', answer }
  return { outcome: answer.status === 503 ? 'unknown' : 'denied', answer }
}
