import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'
import { expect, test } from '@playwright/test'
import { platform } from '../harness/platform.ts'
import { sendRaw } from '../harness/send-raw.ts'

/** A wire to the API that can be cut, and what was asked over it. */
async function openWire() {
  const { hostname, port } = new URL(platform().api)
  const sockets = new Set<Socket>()
  const asked: string[] = []
  const server = createServer((near) => {
    const far = connect(Number(port), hostname)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => sockets.delete(socket))
    }
    near.once('data', (head) => asked.push(head.toString('latin1')))
    near.pipe(far).pipe(near)
  }).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    cut: () => {
      for (const socket of sockets) socket.destroy()
    },
    close: () => server.close(),
  }
}

/** A proof that is none, which the API refuses. */
async function sendNonsense(): Promise<void> {
  const headers = [
    ['Authorization', 'DPoP nonsense'],
    ['DPoP', 'nonsense'],
  ] as const
  expect((await sendRaw(platform().api, { path: '/api/profile', headers })).status).toBe(401)
}

test('a browser whose connection to the feed is cut goes on after the last event it has, and misses none', async ({
  browser,
}) => {
  const wire = await openWire()
  // The policy of the page knows the API's own address alone.
  const context = await browser.newContext({ bypassCSP: true })
  try {
    const page = await context.newPage()
    await page.goto(`${platform().web}/checks`)
    await page.evaluate((url) => {
      const ids: number[] = []
      Object.assign(window, { ids })
      const source = new EventSource(url)
      source.addEventListener('judged', ({ lastEventId }) => ids.push(Number(lastEventId)))
    }, `${wire.url}/events`)
    const ids = () => page.evaluate(() => (window as unknown as { ids: number[] }).ids)
    await sendNonsense()
    await expect.poll(async () => (await ids()).length).toBeGreaterThan(0)

    wire.cut()
    const before = (await ids()).at(-1) ?? 0
    await sendNonsense()
    await sendNonsense()
    await expect.poll(async () => (await ids()).at(-1)).toBeGreaterThanOrEqual(before + 2)

    const seen = await ids()
    expect(seen).toEqual(seen.map((_, index) => (seen[0] ?? 0) + index))
    const again = wire.asked.filter((head) => head.startsWith('GET /events')).at(-1) ?? ''
    const from = Number(/^last-event-id: (\d+)/im.exec(again)?.[1])
    expect(from).toBeGreaterThan(0)
    expect(from).toBeLessThanOrEqual(before)
  } finally {
    await context.close()
    wire.cut()
    wire.close()
  }
})
