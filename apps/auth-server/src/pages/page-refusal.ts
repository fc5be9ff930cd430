/** Something that a person must be told on a page of ours instead of what they asked for. Its sentence is shown; `reason` is the id in logs. */
export class PageRefusal extends Error {
  override readonly name = 'PageRefusal'
  readonly status: 400 | 403 | 404 | 413 | 429
  readonly reason: string
  /** Seconds, for a 429. */
  readonly retryAfter: number | undefined

  constructor(status: PageRefusal['status'], reason: string, sentence: string, retryAfter?: number) {
    super(sentence)
    this.status = status
    this.reason = reason
    this.retryAfter = retryAfter
  }
}
