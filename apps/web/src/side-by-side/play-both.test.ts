import { describe, expect, it } from 'vitest'
import { LabProblem } from '../lab/launch-attack.ts'
import { playBoth } from './play-both.ts'

const lab = 'http://lab.example'

function answering(answer: (url: URL, init: RequestInit | undefined) => Response): typeof fetch {
  return async (input, init) => answer(new URL(String(input)), init)
}

describe('a theft played side by side', () => {
  it('is the same attack of the lab on both sides, launched by POST', async () => {
    const asked: string[] = []
    const played = await playBoth(
      lab,
      'replay',
      answering((url, init) => {
        asked.push(`${init?.method} ${url.pathname}${url.search}`)
        const stopped = url.searchParams.get('column') === 'dpop'
        return Response.json({ result: stopped ? 'stopped' : 'succeeded', by: [], exchanges: [] })
      }),
    )
    expect(asked.sort()).toEqual(['POST /attacks/replay?column=bearer', 'POST /attacks/replay?column=dpop'])
    expect([played.bearer.result, played.dpop.result]).toEqual(['succeeded', 'stopped'])
  })

  it('is shown without tokens, and without the path of the servers that were opened for it', async () => {
    const token = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl'
    const exchange = {
      id: 'x',
      step: 'Send the stolen token',
      from: 'thief',
      to: 'api',
      request: {
        method: 'GET',
        url: 'http://127.0.0.1:5000/w/4e868179-cb4f/api/profile',
        headers: [['Authorization', `Bearer ${token}`]],
      },
      timings: { sentAt: 0, took: 0 },
    }
    const played = await playBoth(
      lab,
      'replay',
      answering(() => Response.json({ result: 'stopped', by: [], exchanges: [exchange] })),
    )
    const [shown] = played.dpop.exchanges
    expect(shown?.request.url).toBe('http://127.0.0.1:5000/api/profile')
    expect(JSON.stringify(played)).not.toContain(token)
  })

  it.each([
    ['is busy', () => new Response(null, { status: 429 }), 'busy'],
    ['knows no such attack', () => new Response(null, { status: 404 }), '404'],
    [
      'is down',
      () => {
        throw new TypeError('Failed to fetch')
      },
      'does not answer',
    ],
  ])('says so when the lab %s', async (_, answer, words) => {
    const playing = playBoth(lab, 'replay', answering(answer))
    await expect(playing).rejects.toThrow(LabProblem)
    await expect(playBoth(lab, 'replay', answering(answer))).rejects.toThrow(words)
  })
})
