import { createPublicKey, generateKeyPairSync, type JsonWebKey, sign, verify } from 'node:crypto'
import type { TokenServer } from './token-server.ts'

/** What no token endpoint can be faster than: HTTP, one signature verified with a key that is there already, one made. Nothing else. */
export function limit(jwk: JsonWebKey): TokenServer {
  const key = createPublicKey({ key: jwk, format: 'jwk' })
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const claims = Buffer.from('a'.repeat(400))
  return {
    listener(request, response) {
      request.resume()
      const [header, payload, signature] = String(request.headers.dpop).split('.')
      const proved = verify(
        'sha256',
        Buffer.from(`${header}.${payload}`),
        { key, dsaEncoding: 'ieee-p1363' },
        Buffer.from(signature ?? '', 'base64url'),
      )
      const token = sign('sha256', claims, { key: privateKey, dsaEncoding: 'ieee-p1363' })
      response.writeHead(proved ? 200 : 400, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ access_token: token.toString('base64url') }))
    },
    issue: async (_grant, jkts) => jkts.map(() => 'none'),
  }
}
