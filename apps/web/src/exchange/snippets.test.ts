import { exec } from 'node:child_process'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import type { Exchange } from './exchange.ts'
import { toCurl, toTypeScript } from './snippets.ts'

const form = 'grant_type=authorization_code&code=it%27s&x=%22%24%60'

function exchange(url: string): Exchange {
  return {
    id: '1',
    step: 'Redeem the code',
    from: 'playground',
    to: 'auth-server',
    request: {
      method: 'POST',
      url,
      headers: [
        ['Content-Type', 'application/x-www-form-urlencoded'],
        ['DPoP', 'a.b.c'],
        ['Authorization', "DPoP it's"],
      ],
      body: form,
    },
    timings: { sentAt: 0, took: 0 },
  }
}

describe('a snippet', () => {
  it('as curl sends the very request, quotes and all', async () => {
    const seen: { headers: IncomingMessage['headers']; body: string }[] = []
    const server = createServer((req, res) => {
      let body = ''
      req.setEncoding('utf8').on('data', (text) => {
        body += text
      })
      req.on('end', () => {
        seen.push({ headers: req.headers, body })
        res.end()
      })
    }).listen(0, '127.0.0.1')
    await new Promise((listening) => server.once('listening', listening))
    const { port } = server.address() as AddressInfo
    const command = toCurl(exchange(`http://127.0.0.1:${port}/token`))
    await new Promise<void>((done, failed) =>
      exec(`${command} -s`, (fault) => (fault ? failed(fault) : done())),
    )
    server.close()
    expect(seen[0]?.headers).toMatchObject({ dpop: 'a.b.c', authorization: "DPoP it's" })
    expect(seen[0]?.body).toBe(form)
  })

  it('as TypeScript is a program, with and without a proof', () => {
    const bearer = exchange('http://localhost/api')
    const plain = {
      ...bearer,
      request: { ...bearer.request, method: 'GET', headers: [['Authorization', 'Bearer x']] as const },
    }
    for (const snippet of [toTypeScript(exchange('http://localhost/token')), toTypeScript(plain)]) {
      const { diagnostics } = ts.transpileModule(snippet, { reportDiagnostics: true })
      expect(diagnostics).toEqual([])
    }
    expect(toTypeScript(exchange('http://localhost/token'))).toContain('dpopFetch(new Request(')
  })
})
