import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { findBrowser } from '@keybound/testkit/find-browser'
import { chromium } from '@playwright/test'
import { answerHostCall } from './host-crypto.ts'
import type { Report } from './report.ts'

const installer = createRequire(import.meta.url).resolve('@playwright/test/cli')

const page = `<!doctype html><meta charset="utf-8"><title>suite</title><script>
function askHost(call) {
  const request = new XMLHttpRequest()
  request.open('POST', '/host', false)
  request.send(call)
  return request.responseText
}
</script><script type="module" src="/suite.js"></script>`

/** A real page in a real Chromium, served from a local port, whose scripts are the suite. */
export async function runInChromium(code: string): Promise<Report> {
  const server = createServer(async (request, response) => {
    if (request.url === '/host') response.end(answerHostCall(await text(request)))
    else if (request.url === '/suite.js') response.setHeader('content-type', 'text/javascript').end(code)
    else response.setHeader('content-type', 'text/html').end(page)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const browser = await chromium.launch({
    executablePath: findBrowser({ own: chromium, installer, env: process.env }),
    args: process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : ['--disable-gpu'],
  })
  try {
    const tab = await browser.newPage()
    const faults: string[] = []
    tab.on('pageerror', (error) => faults.push(String(error)))
    await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    const report = await tab.evaluate<string>('report').catch((error) => {
      throw new Error([String(error), ...faults].join('\n'))
    })
    return { ...JSON.parse(report), version: browser.version() }
  } finally {
    await browser.close()
    server.close()
  }
}
