/** Makes the value of the DPoP header for one try of a request. */
export type MakeProof = (request: {
  readonly method: string
  readonly url: string
  readonly accessToken: string | undefined
  readonly nonce: string | undefined
}) => Promise<string>

/**
 * What a client has to do beside making proofs: keep the last nonce of each origin, and send once more, with a new proof, what was
 * refused for want of one (RFC 9449 §8, §9).
 */
export function retryForNonce(makeProof: MakeProof) {
  const nonces = new Map<string, string>()

  return async function send(url: string, init: RequestInit, accessToken?: string): Promise<Response> {
    const first = await once(url, init, accessToken)
    const said = (first.headers.get('www-authenticate') ?? '') + (await first.clone().text())
    return !first.ok && said.includes('use_dpop_nonce') ? once(url, init, accessToken) : first
  }

  async function once(url: string, init: RequestInit, accessToken?: string): Promise<Response> {
    const { origin } = new URL(url)
    const { method = 'GET' } = init
    const headers = new Headers(init.headers)
    headers.set('dpop', await makeProof({ method, url, accessToken, nonce: nonces.get(origin) }))
    if (accessToken !== undefined) headers.set('authorization', `DPoP ${accessToken}`)
    const response = await fetch(url, { ...init, headers })
    const nonce = response.headers.get('dpop-nonce')
    if (nonce !== null) nonces.set(origin, nonce)
    return response
  }
}
