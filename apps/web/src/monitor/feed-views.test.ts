import type { FeedEvent } from '@keybound/monitoring'
import { describe, expect, it } from 'vitest'
import { causesOf401 } from './causes.ts'
import { eventBins } from './event-bins.ts'
import { withEvent } from './use-feeds.ts'

function event(id: number, at: number, change: Partial<FeedEvent> = {}): FeedEvent {
  return {
    id,
    server: 'resource-api',
    role: 'RS',
    endpoint: '/api/profile',
    method: 'GET',
    status: 200,
    outcome: 'accepted',
    correlationId: String(id),
    at,
    took: 0.001,
    ...change,
  }
}

describe('the feed', () => {
  it('stands in the order of time, whichever server tells first, and nothing twice', () => {
    const events = [event(1, 10), event(2, 12), event(1, 11, { server: 'auth-server' }), event(2, 12)]
    const all = events.reduce(withEvent, [] as readonly FeedEvent[])
    expect(all.map(({ at }) => at)).toEqual([12, 11, 10])
  })

  it('takes the first event after a restart for a new one', () => {
    expect([event(1, 10), event(1, 20)].reduce(withEvent, [] as readonly FeedEvent[])).toHaveLength(2)
  })

  it('keeps no more than a thousand', () => {
    const many = Array.from({ length: 1010 }, (_, index) => event(index, index))
    const kept = many.reduce(withEvent, [] as readonly FeedEvent[])
    expect(kept).toHaveLength(1000)
    expect(kept[0]?.id).toBe(1009)
  })
})

it('each event falls into one bin, and what is older into none', () => {
  const events = [event(1, 99.2), event(2, 99.9), event(3, 98), event(4, 90)]
  const bins = eventBins(events, ({ outcome }) => outcome, { now: 99.95, width: 1, count: 3 })
  expect(bins).toEqual([
    { from: 97, counts: {} },
    { from: 98, counts: { accepted: 1 } },
    { from: 99, counts: { accepted: 2 } },
  ])
})

describe('why so many 401s', () => {
  const refused = { status: 401, outcome: 'rejected', check: 'jti.unused', clientId: 'web' } as const
  const asked = { status: 401, outcome: 'challenged', check: 'nonce.match' } as const
  const events = [
    event(1, 900, refused),
    event(2, 950, refused),
    event(3, 960, asked),
    event(4, 500, refused),
    event(5, 970, { ...refused, status: 400 }),
  ]

  it('groups those of the last five minutes by cause, with a fix', () => {
    const causes = causesOf401(events, 1000)
    expect(causes).toMatchObject([
      { check: 'jti.unused', count: 2, clients: ['web'], last: 950, normal: false },
      { check: 'nonce.match', count: 1, clients: [], normal: true },
    ])
    expect(causes[0]?.fix).toContain('new jti')
  })

  it('says nothing where there are none', () => {
    expect(causesOf401([event(1, 999)], 1000)).toEqual([])
  })
})
