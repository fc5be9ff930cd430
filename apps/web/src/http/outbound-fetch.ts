import { nativeFetch } from './native-fetch.ts'

const limits = { seconds: 5, bytes: 64 * 1024 } as const

/**
 * fetch for the app's own calls to the authorization server and the API: five seconds, 64 KB, no redirects (a token or proof must
 * never follow one), nothing cached.
 * Throws TypeError where the answer is too large, as fetch does where there is none.
 */
export const outboundFetch: typeof fetch = async (input, init) => {
  const timeout = AbortSignal.timeout(limits.seconds * 1000)
  const given = init?.signal ?? (input instanceof Request ? input.signal : undefined)
  const response = await nativeFetch()(input, {
    ...init,
    redirect: 'error',
    cache: 'no-store',
    signal: given ? AbortSignal.any([given, timeout]) : timeout,
  })
  if (response.body === null) return response
  const { status, statusText, headers } = response
  return new Response(await readLimited(response.body), { status, statusText, headers })
}

async function readLimited(body: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = body.getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length
    if (size > limits.bytes) {
      await reader.cancel()
      throw new TypeError('The answer is larger than 64 KB')
    }
    chunks.push(part.value)
  }
  return new Uint8Array(Buffer.concat(chunks))
}
