/** Something dpopFetch cannot do for its caller. Faults of the network come through as fetch throws them; answers of a server are responses. */
export class DpopFetchError extends Error {
  override readonly name = 'DpopFetchError'
  readonly reason: 'body.once' | 'redirect.refused' | 'redirect.loop'

  constructor(reason: DpopFetchError['reason'], sentence: string) {
    super(`${reason}: ${sentence}`)
    this.reason = reason
  }
}
