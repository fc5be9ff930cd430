'use client'

import type { FeedEvent } from '@keybound/monitoring'
import { useEffect, useState } from 'react'

export interface Feeds {
  /** The newest first, at most 1,000. */
  readonly events: readonly FeedEvent[]
  /** By address. */
  readonly connected: Readonly<Record<string, boolean>>
}

const most = 1000

/** Follows the feeds. An EventSource reconnects by itself and says with Last-Event-ID where it was. */
export function useFeeds(addresses: readonly string[], paused: boolean): Feeds {
  const [feeds, setFeeds] = useState<Feeds>({ events: [], connected: {} })
  const key = addresses.join(' ')
  useEffect(() => {
    if (paused) return
    const sources = key.split(' ').map((address) => {
      const source = new EventSource(address)
      const connected = (is: boolean) => () =>
        setFeeds((before) => ({ ...before, connected: { ...before.connected, [address]: is } }))
      source.addEventListener('open', connected(true))
      source.addEventListener('error', connected(false))
      source.addEventListener('judged', ({ data }: MessageEvent<string>) => {
        const event = JSON.parse(data) as FeedEvent
        setFeeds((before) => ({ ...before, events: withEvent(before.events, event) }))
      })
      return source
    })
    return () => {
      for (const source of sources) source.close()
    }
  }, [key, paused])
  return feeds
}

/** In the order of time, each once: after a break a server may repeat what it has told. */
export function withEvent(events: readonly FeedEvent[], event: FeedEvent): readonly FeedEvent[] {
  if (events.some((each) => nameOf(each) === nameOf(event))) return events
  const at = events.findIndex((each) => each.at <= event.at)
  const place = at < 0 ? events.length : at
  return [...events.slice(0, place), event, ...events.slice(place)].slice(0, most)
}

/** A server counts from 1 after a restart, so the time is part of the name. */
export function nameOf({ server, id, at }: FeedEvent): string {
  return `${server} ${id} ${at}`
}
