import type { FeedEvent } from '@keybound/monitoring'

export interface Bin {
  /** NumericDate at which it begins. */
  readonly from: number
  readonly counts: Readonly<Record<string, number>>
}

/** How many events of each kind fell into each of the last bins, the oldest bin first; `kindOf` undefined leaves an event out. */
export function eventBins(
  events: readonly FeedEvent[],
  kindOf: (event: FeedEvent) => string | undefined,
  { now, width, count }: { readonly now: number; readonly width: number; readonly count: number },
): readonly Bin[] {
  const end = Math.ceil(now / width) * width
  const bins = Array.from({ length: count }, (_, index) => ({
    from: end - (count - index) * width,
    counts: {} as Record<string, number>,
  }))
  for (const event of events) {
    const kind = kindOf(event)
    const bin = bins[count - Math.ceil((end - event.at) / width)]
    if (kind !== undefined && bin !== undefined && event.at < end)
      bin.counts[kind] = (bin.counts[kind] ?? 0) + 1
  }
  return bins
}
