import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import type { Exchange } from '../exchange.ts'
import { redact } from '../redact.ts'
import { toHar } from './to-har.ts'
import { toMarkdown } from './to-markdown.ts'
import { toTypeScript } from './to-typescript.ts'

const exchange: Exchange = {
  id: '1',
  step: 'Redeem the code',
  from: 'playground',
  to: 'auth-server',
  request: {
    method: 'POST',
    url: 'http://localhost:4000/token?x=1',
    headers: [
      ['Content-Type', 'application/x-www-form-urlencoded'],
      ['Authorization', 'Basic dXNlcjpwYXNzd29yZA=='],
      ['DPoP', 'eyJh.eyJi.c2ln'],
    ],
    body: "grant_type=authorization_code&code=code_0123456789&redirect_uri=it's",
  },
  response: {
    status: 400,
    headers: [['Content-Type', 'application/json']],
    body: '{"error":"invalid_grant","error_description":"code.jkt: The proof key | is not the dpop_jkt. ```"}',
  },
  timings: { sentAt: 1_700_000_000, took: 0.25 },
  verdict: {
    outcome: 'rejected',
    checks: [
      {
        id: 'code.jkt',
        clause: 'RFC 9449 §10',
        requirement: 'DPOP-10-02',
        status: 'fail',
        because: 'a|b',
      },
    ],
  },
}

describe('an export', () => {
  it('as HAR 1.2 has every member that the format requires', () => {
    const { log } = JSON.parse(toHar([exchange]))
    expect(log).toMatchObject({ version: '1.2', creator: { name: 'Keybound' } })
    expect(log.entries[0]).toMatchObject({
      startedDateTime: '2023-11-14T22:13:20.000Z',
      time: 250,
      request: {
        method: 'POST',
        httpVersion: 'HTTP/1.1',
        cookies: [],
        queryString: [{ name: 'x', value: '1' }],
        headersSize: -1,
        postData: { mimeType: 'application/x-www-form-urlencoded', text: exchange.request.body },
      },
      response: { status: 400, content: { mimeType: 'application/json' }, redirectURL: '' },
      cache: {},
      timings: { send: 0, wait: 250, receive: 0 },
      _verdict: { outcome: 'rejected' },
    })
  })

  it('as HAR is valid where no answer came', () => {
    const { response: _, ...unanswered } = exchange
    const [entry] = JSON.parse(toHar([{ ...unanswered, fault: 'fetch failed' }])).log.entries
    expect(entry.response).toMatchObject({ status: 0, _error: 'fetch failed', content: { size: 0 } })
  })

  it('as Markdown keeps its fences and its table whole', () => {
    const text = toMarkdown([exchange])
    expect(text.match(/^````(http)?$/gm)).toHaveLength(2)
    expect(text).toContain('| `code.jkt` | RFC 9449 §10 | fail | a\\|b |  |  |')
    expect(text).toContain('Refused by `code.jkt`')
  })

  it('as TypeScript is a program, with and without a proof, redacted or not', () => {
    const get = {
      method: 'GET',
      url: 'http://localhost/api',
      headers: [['Authorization', 'Bearer x']],
    } as const
    for (const each of [exchange, redact(exchange), { ...exchange, request: get }]) {
      const { diagnostics } = ts.transpileModule(toTypeScript(each), { reportDiagnostics: true })
      expect(diagnostics).toEqual([])
    }
    expect(toTypeScript(exchange)).toContain('dpopFetch(new Request(')
    expect(toTypeScript(redact(exchange))).toContain("['code', env.CODE ?? '']")
  })

  it('holds no secret once redacted, in whatever form', () => {
    const safe = redact(exchange)
    for (const text of [toHar([safe]), toMarkdown([safe]), toTypeScript(safe)]) {
      expect(text).not.toMatch(/eyJ|code_0|dXNlcjpw/)
    }
  })
})
