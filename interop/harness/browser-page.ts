import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { build } from 'esbuild'

/** What stands at the web app's URL, as the public client `playground`: a page with clients/oidc-client-ts.ts in it. */
export async function browserPage(settings: {
  issuer: string
  profileUrl: string
}): Promise<RequestListener> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, '../clients/oidc-client-ts.ts')],
    bundle: true,
    format: 'esm',
    write: false,
  })
  const html = `<!doctype html><html lang="en"><title>oidc-client-ts</title>
<script id="settings" type="application/json">${JSON.stringify(settings)}</script>
<button id="sign-in">Sign in</button> <button id="refresh">Refresh</button> <output id="profile"></output>
<script type="module" src="/client.js"></script></html>`
  return (request, response) => {
    const isScript = request.url === '/client.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? outputFiles[0]?.text : html)
  }
}
