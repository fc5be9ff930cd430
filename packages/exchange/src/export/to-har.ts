import { type Exchange, type HeaderLines, headerOf } from '../exchange.ts'

/**
 * The exchanges as an HTTP archive that the developer tools of every browser open. Sizes that were not measured are -1, as the format has it; the
 * verdict stands in `_verdict`. For others redact them first.
 * @see HAR 1.2, http://www.softwareishard.com/blog/har-12-spec/
 */
export function toHar(exchanges: readonly Exchange[]): string {
  const creator = { name: 'Keybound', version: '0.1.0' }
  return JSON.stringify({ log: { version: '1.2', creator, entries: exchanges.map(entry) } }, null, 2)
}

function entry({ step, from, to, request, response, timings, fault, verdict }: Exchange) {
  const time = timings.took * 1000
  return {
    startedDateTime: new Date(timings.sentAt * 1000).toISOString(),
    time,
    request: {
      method: request.method,
      url: request.url,
      ...message(request),
      queryString: Array.from(new URL(request.url).searchParams, pair),
      ...(request.body !== undefined && { postData: content(request) }),
    },
    response: {
      status: response?.status ?? 0,
      statusText: '',
      ...message(response ?? { headers: [] }),
      content: { size: octetsOf(response?.body), ...content(response ?? { headers: [] }) },
      redirectURL: headerOf(response?.headers ?? [], 'location') ?? '',
      ...(fault !== undefined && { _error: fault }),
    },
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
    comment: `${step}: ${from} to ${to}`,
    ...(verdict && { _verdict: verdict }),
  }
}

interface Message {
  readonly headers: HeaderLines
  readonly body?: string
}

function message({ headers, body }: Message) {
  return {
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: headers.map(pair),
    headersSize: -1,
    bodySize: octetsOf(body),
  }
}

function content({ headers, body }: Message) {
  return { mimeType: headerOf(headers, 'content-type') ?? 'application/octet-stream', text: body ?? '' }
}

function octetsOf(body: string | undefined): number {
  return new TextEncoder().encode(body ?? '').length
}

function pair([name, value]: readonly [string, string]) {
  return { name, value }
}
