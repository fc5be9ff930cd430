import { generateKey, type ProofAlg } from '@keybound/dpop/client'
import { forgeProof, PROOF_DEFECTS, type ProofDefect } from '@keybound/dpop/testing'
import * as base64url from 'jose/base64url'

/** A request with a proof that is good in everything but the defect, made with a key that is thrown away. */
export interface ExampleRequest {
  readonly defect: ProofDefect | undefined
  /** The check that has to refuse it, or accepted. */
  readonly expect: string
  readonly method: string
  readonly url: string
  readonly accessToken: string
  readonly nonce: string
  /** NumericDate. */
  readonly now: number
  readonly publicJwk: object
  /** The DPoP header lines. */
  readonly proofs: readonly string[]
  /** The whole as a raw HTTP request. */
  readonly text: string
}

export async function exampleRequest(
  defect?: ProofDefect,
  options: {
    readonly alg?: ProofAlg
    readonly method?: string
    readonly url?: string
    readonly now?: number
  } = {},
): Promise<ExampleRequest> {
  const {
    alg = 'ES256',
    method = 'GET',
    url = 'https://api.example/profile',
    now = Date.now() / 1000,
  } = options
  const signer = await generateKey(alg)
  const accessToken = await exampleToken(signer.jkt, url, now)
  const nonce = 'eyJ7S_zG.eyJH0-Z.HX4w-7v'
  const forged = await forgeProof(signer, { method, url, accessToken, nonce, now, defect })
  const proofs = [forged].flat()
  const { host, pathname } = new URL(url)
  const lines = [
    `${method} ${pathname} HTTP/1.1`,
    `Host: ${host}`,
    `Authorization: DPoP ${accessToken}`,
    ...proofs.map((proof) => `DPoP: ${proof}`),
  ]
  return {
    defect,
    expect: defect === undefined ? 'accepted' : PROOF_DEFECTS[defect],
    method,
    url,
    accessToken,
    nonce,
    now,
    publicJwk: signer.publicJwk,
    proofs,
    text: `${lines.join('\n')}\n`,
  }
}

/** An access token as an authorization server would issue it, signed by a key that is thrown away too. */
async function exampleToken(jkt: string, url: string, now: number): Promise<string> {
  const issuer = await generateKey('ES256')
  const header = { typ: 'at+jwt', alg: issuer.alg, kid: 'example' }
  const iat = Math.floor(now)
  const claims = {
    iss: 'https://as.example',
    aud: url,
    sub: 'alice',
    client_id: 'example',
    scope: 'profile',
    iat,
    exp: iat + 300,
    jti: crypto.randomUUID(),
    cnf: { jkt },
  }
  const signingInput = [header, claims].map((part) => base64url.encode(JSON.stringify(part))).join('.')
  const signature = await issuer.sign(new TextEncoder().encode(signingInput))
  return `${signingInput}.${base64url.encode(signature)}`
}
