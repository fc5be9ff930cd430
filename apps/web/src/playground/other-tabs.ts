/**
 * How the tab that comes back from the authorization server hands its answer to the tab that asked, where the key lives in that
 * one's memory. Same origin only; whoever gets an answer still judges its state and issuer.
 */
export interface OtherTabs {
  /** Offers the query of the answer; `taken` is called when a tab has it. */
  offer(query: string, taken: () => void): void
  /** `take` says whether the answer is to this tab's request. */
  listen(take: (query: string) => boolean): void
}

type Message = { readonly offered: string } | { readonly taken: string }

export function otherTabs(): OtherTabs {
  const channel = new BroadcastChannel('keybound-playground')
  return {
    offer(query, taken) {
      channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
        if ('taken' in data && data.taken === query) taken()
      })
      channel.postMessage({ offered: query } satisfies Message)
    },
    listen(take) {
      channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
        if ('offered' in data && take(data.offered))
          channel.postMessage({ taken: data.offered } satisfies Message)
      })
    },
  }
}
