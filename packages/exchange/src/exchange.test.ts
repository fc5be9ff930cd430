import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type Exchange, refusalOf } from './exchange.ts'
import { recordingFetch } from './recording-fetch.ts'
import { redact, redactText } from './redact.ts'

const about = { step: 'Read the profile', from: 'web', to: 'resource-api' }
const token = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl'

async function recorded(answer: Response | Error): Promise<Exchange[]> {
  const seen: Exchange[] = []
  const fetch = recordingFetch({
    about,
    clock: () => 1000,
    record: (exchange) => seen.push(exchange),
    fetch: async () => {
      if (answer instanceof Error) throw answer
      return answer
    },
  })
  const init = {
    method: 'POST',
    headers: { authorization: `DPoP ${token}`, dpop: token },
    body: 'code=code_abcdefghij&x=1',
  }
  await fetch('http://api.example/profile', init).catch(() => undefined)
  return seen
}

describe('an exchange', () => {
  it('holds what was sent and what came', async () => {
    const [exchange] = await recorded(Response.json({ sub: 'alice' }, { headers: { 'dpop-nonce': 'n1' } }))
    expect(exchange).toMatchObject({
      ...about,
      request: { method: 'POST', url: 'http://api.example/profile', body: 'code=code_abcdefghij&x=1' },
      response: { status: 200, body: '{"sub":"alice"}' },
      timings: { sentAt: 1000 },
    })
    expect(exchange?.response?.headers).toContainEqual(['DPoP-Nonce', 'n1'])
  })

  it('is kept where no answer came', async () => {
    expect(await recorded(new TypeError('fetch failed'))).toMatchObject([{ fault: 'fetch failed' }])
  })

  it('holds no token, proof or code once redacted', async () => {
    const [exchange] = await recorded(Response.json({ access_token: token, refresh_token: 'rt_0123456789' }))
    const text = JSON.stringify(exchange && redact(exchange))
    expect(text).not.toContain('eyJ')
    expect(text).not.toContain('code_abc')
    expect(text).not.toContain('rt_01')
    expect(text).toContain('x=1')
    expect(text.match(/sha256:[\w-]{16}/g)?.length).toBeGreaterThanOrEqual(4)
    const ath = createHash('sha256').update(token).digest('base64url')
    expect(text).toContain(`DPoP sha256:${ath.slice(0, 16)}`)
  })

  it('keeps the names of parameters once redacted', () => {
    const text = `code_challenge=abc&code_challenge_method=S256&code_verifier=${'v'.repeat(43)}`
    expect(redactText(text)).toMatch(/^code_challenge=abc&code_challenge_method=S256&code_verifier=sha256:/)
    expect(redactText(`see code_${'x'.repeat(43)}.`)).toMatch(/^see sha256:[\w-]{16}\.$/)
  })

  it('names the check that refused it, from a challenge and from a body', async () => {
    const challenge =
      'DPoP error="invalid_token", error_description="scheme.match: A bound token.", algs="ES256"'
    const [resource] = await recorded(
      new Response(null, { status: 401, headers: { 'www-authenticate': challenge } }),
    )
    expect(resource && refusalOf(resource)).toEqual({
      error: 'invalid_token',
      reason: 'scheme.match',
      sentence: 'A bound token.',
    })
    const body = { error: 'invalid_grant', error_description: 'code.jkt: Another key.' }
    const [endpoint] = await recorded(Response.json(body, { status: 400 }))
    expect(endpoint && refusalOf(endpoint)).toEqual({
      error: 'invalid_grant',
      reason: 'code.jkt',
      sentence: 'Another key.',
    })
  })
})
