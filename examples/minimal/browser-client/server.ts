// Serves the page of the browser client. It is a page like any other: keys and tokens never come here.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const issuer = process.env.ISSUER_URL ?? 'http://localhost:4000'
const api = process.env.API_URL ?? 'http://localhost:4001'
const clientId = process.env.CLIENT_ID ?? 'example-browser'
const page = process.env.WEB_URL ?? 'http://localhost:3000'

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const { outputFiles } = await build({
  entryPoints: [file('client.ts')],
  bundle: true,
  format: 'esm',
  target: 'es2022',
  write: false,
  logLevel: 'warning',
})
const script = outputFiles[0]?.text ?? ''
const html = await readFile(file('index.html'), 'utf8')

const answers: Record<string, { type: string; body: string }> = {
  '/': { type: 'text/html; charset=utf-8', body: html },
  '/client.js': { type: 'text/javascript', body: script },
  '/settings.json': { type: 'application/json', body: JSON.stringify({ issuer, api, clientId }) },
}

createServer((request, response) => {
  const answer = answers[(request.url ?? '/').split('?')[0] ?? '/']
  response.writeHead(answer ? 200 : 404, {
    'content-type': answer?.type ?? 'text/plain',
    'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src data:; connect-src 'self' ${issuer} ${api}`,
  })
  response.end(answer?.body ?? 'Nothing here')
}).listen(Number(new URL(page).port), '127.0.0.1', () => console.log(`listening on ${page}`))
