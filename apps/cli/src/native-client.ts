import { dpopFetch, type NonceCache, type Signer } from '@keybound/dpop'
import type { Narrator } from './narrator.ts'
import type { Exchange, Wire } from './wire/tap-wire.ts'

/** A public client: it has no secret, and what it is given is bound to its key. */
export interface NativeClient {
  readonly id: string
  readonly key: Signer
  /** One DPoP nonce per server, learned from its answers. */
  readonly nonces: NonceCache
  readonly wire: Wire
  readonly narrator: Narrator
}

/** A form post with a proof of possession. The exchange that counted comes last: a nonce challenge may stand before it. */
export async function postForm(
  client: NativeClient,
  url: string,
  fields: Record<string, string>,
): Promise<Exchange[]> {
  const { key, nonces, wire } = client
  const request = new Request(url, {
    method: 'POST',
    body: new URLSearchParams({ client_id: client.id, ...fields }),
  })
  wire.take()
  await dpopFetch(request, { key, nonces, fetch: wire.fetch })
  return wire.take()
}

/** A request to a protected resource, proved with `key`: the client's own unless another one is tried on. */
export async function getWithProof(
  client: NativeClient,
  url: string,
  accessToken: string,
  key: Signer = client.key,
): Promise<Exchange> {
  const { nonces, wire } = client
  wire.take()
  await dpopFetch(new Request(url), { key, accessToken, nonces, fetch: wire.fetch })
  return lastOf(wire.take())
}

export function lastOf(exchanges: readonly Exchange[]): Exchange {
  const last = exchanges.at(-1)
  if (last === undefined) throw new TypeError('Nothing was sent')
  return last
}
