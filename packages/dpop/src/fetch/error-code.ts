import { parseChallenges } from '@keybound/oauth'

const LIMIT = 16 * 1024

/**
 * The error code a server answered with: from a DPoP challenge of a 401, wherever it stands among the challenges, or from the JSON of a 400 or 401. The
 * response stays readable. Undefined if there is none.
 * @see RFC 9449 §7.1, §8, §9
 */
export async function errorCodeOf(response: Response): Promise<string | undefined> {
  if (response.status !== 400 && response.status !== 401) return undefined
  const challenges = parseChallenges(response.headers.get('www-authenticate') ?? '')
  const dpop = challenges.find(
    ({ scheme, params }) => scheme.toLowerCase() === 'dpop' && params.error !== undefined,
  )
  return dpop?.params.error ?? jsonErrorOf(response)
}

async function jsonErrorOf(response: Response): Promise<string | undefined> {
  if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(response.headers.get('content-type') ?? ''))
    return undefined
  try {
    const body: unknown = JSON.parse(await textOf(response.clone()))
    const error = typeof body === 'object' && body !== null ? (body as { error?: unknown }).error : undefined
    return typeof error === 'string' ? error : undefined
  } catch {
    return undefined
  }
}

/** No more than the first 16 KB: an error is short, and what is longer is none. */
async function textOf(copy: Response): Promise<string> {
  const reader = copy.body?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  while (reader !== undefined && text.length <= LIMIT) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    text += decoder.decode(value, { stream: true })
  }
  void reader?.cancel()
  return ''
}
