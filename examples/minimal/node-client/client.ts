// A service that reads a protected resource: client_credentials with private_key_jwt, a token bound to a key that lives as long as the process.
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { createNonceCache, dpopFetch, generateKey } from '@keybound/dpop/client'
import { importJWK, type JWK, SignJWT } from 'jose'

const issuer = process.env.ISSUER_URL ?? 'http://localhost:4000'
const api = process.env.API_URL ?? 'http://localhost:4001'
/** Where `npm start` puts the private JWK that this client authenticates with. It is not the DPoP key, and should never be. */
const demoKey = fileURLToPath(new URL('../../../.keybound/clients/service.json', import.meta.url))
const clientKey: JWK = JSON.parse(await readFile(process.env.CLIENT_KEY ?? demoKey, 'utf8'))

const key = await generateKey()
const nonces = createNonceCache()

const server = await readJson(await fetch(`${issuer}/.well-known/oauth-authorization-server`))
if (server.issuer !== issuer) throw new Error(`${issuer} calls itself ${server.issuer}`)

const assertion = await new SignJWT({ jti: randomUUID() })
  .setProtectedHeader({ alg: 'ES256', ...(clientKey.kid && { kid: clientKey.kid }) })
  .setIssuer('service')
  .setSubject('service')
  .setAudience(issuer)
  .setIssuedAt()
  .setExpirationTime('1m')
  .sign(await importJWK(clientKey, 'ES256'))

const tokens = await readJson(
  await dpopFetch(String(server.token_endpoint), {
    key,
    nonces,
    init: {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        scope: 'profile',
        client_id: 'service',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion,
      }),
    },
  }),
)
// A token that is not bound would be worth as much to a thief as to us.
if (String(tokens.token_type).toLowerCase() !== 'dpop') throw new Error('The token is not bound to the key')

const accessToken = String(tokens.access_token)
console.log(await readJson(await dpopFetch(`${api}/api/profile`, { key, nonces, accessToken })))

async function readJson(response: Response): Promise<Record<string, unknown>> {
  if (!response.ok) throw new Error(`${response.url} answers ${response.status}: ${await response.text()}`)
  return (await response.json()) as Record<string, unknown>
}
