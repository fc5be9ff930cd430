import { readFileSync } from 'node:fs'
import { request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { createProof, generateKey } from '@keybound/dpop'
import type { Cluster } from './start-cluster.ts'

/** What a client may say about the URL that it called. nginx passes all of it on, and the apps take nginx for a proxy that they trust. */
const forged = {
  host: 'evil.example',
  forwarded: 'for=203.0.113.9;host=evil.example;proto=http',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'http',
  'x-forwarded-port': '1',
  'x-forwarded-prefix': '/evil',
  'x-original-url': '/evil',
  'x-rewrite-url': '/evil',
}

interface Seen {
  readonly status: number
  readonly text: string
}

/**
 * Sends the same requests through nginx with and without forged forwarding headers, and a proof for the URL that they name. Gives what they
 * changed, as sentences; none is good.
 */
export async function judgeForgedHeaders({ issuer, api, env }: Cluster): Promise<readonly string[]> {
  const ca = env.NODE_EXTRA_CA_CERTS && readFileSync(env.NODE_EXTRA_CA_CERTS)
  const send = (url: string, headers: Readonly<Record<string, string>> = {}): Promise<Seen> =>
    new Promise((done, failed) => {
      const request = url.startsWith('https:') ? tlsRequest : plainRequest
      const sent = request(
        url,
        { headers, agent: false, servername: 'localhost', ...(ca && { ca }) },
        async (response) => {
          let text = ''
          for await (const chunk of response) text += chunk
          done({ status: response.statusCode ?? 0, text })
        },
      )
      sent.on('error', failed)
      sent.end()
    })

  const { origin, pathname } = new URL(issuer)
  const resource = new URL(`${api}/api/profile`)
  const documents = [
    `${origin}/.well-known/oauth-authorization-server${pathname === '/' ? '' : pathname}`,
    `${issuer}/.well-known/openid-configuration`,
    `${resource.origin}/.well-known/oauth-protected-resource${resource.pathname}`,
  ]
  const changed: string[] = []
  for (const url of documents) {
    const [honest, forgedOne] = [await send(url), await send(url, forged)]
    if (honest.status !== 200) changed.push(`${url} answers ${honest.status}`)
    if (forgedOne.text !== honest.text || forgedOne.status !== honest.status) changed.push(`${url} changes`)
  }

  // A proof for the right URL comes as far as its nonce; one for the URL that the headers name does not.
  const key = await generateKey('ES256')
  for (const [url, check] of [
    [resource.href, 'nonce.match'],
    [`https://evil.example:1/evil${resource.pathname}`, 'htu.match'],
    [`http://evil.example${resource.pathname}`, 'htu.match'],
  ] as const) {
    const dpop = await createProof(key, { method: 'GET', url, accessToken: 'none' })
    const { text } = await send(resource.href, { ...forged, authorization: 'DPoP none', dpop })
    if (!text.includes(`"${check}:`)) changed.push(`a proof for ${url} is judged otherwise: ${text}`)
  }
  return changed
}
