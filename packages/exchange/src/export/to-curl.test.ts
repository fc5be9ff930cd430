import { exec } from 'node:child_process'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import type { Exchange } from '../exchange.ts'
import { toCurl } from './to-curl.ts'

const form = 'grant_type=authorization_code&code=it%27s&x=%22%24%60'

it('sends the very request, quotes and all', async () => {
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
  const exchange: Exchange = {
    id: '1',
    step: 'Redeem the code',
    from: 'playground',
    to: 'auth-server',
    request: {
      method: 'POST',
      url: `http://127.0.0.1:${port}/token`,
      headers: [
        ['Content-Type', 'application/x-www-form-urlencoded'],
        ['Content-Length', '9999'],
        ['DPoP', 'a.b.c'],
        ['Authorization', "DPoP it's"],
      ],
      body: form,
    },
    timings: { sentAt: 0, took: 0 },
  }
  await new Promise<void>((done, failed) =>
    exec(`${toCurl(exchange)} -s`, (fault) => (fault ? failed(fault) : done())),
  )
  server.close()
  expect(seen[0]?.headers).toMatchObject({ dpop: 'a.b.c', authorization: "DPoP it's" })
  expect(seen[0]?.body).toBe(form)
})
