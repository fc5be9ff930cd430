import { request } from 'node:http'

export interface RawAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** Sends exactly these header lines, repeated ones too, which fetch cannot. `path` goes on the wire as it is. */
export function sendRaw(
  origin: string,
  options: {
    method?: string
    path: string
    headers?: readonly (readonly [string, string])[]
    body?: string | Buffer
  },
): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(origin)
  const lines = [...(options.headers ?? [])]
  if (!lines.some(([name]) => name.toLowerCase() === 'host')) lines.unshift(['Host', host])
  if (options.body !== undefined && !lines.some(([name]) => name.toLowerCase() === 'content-length')) {
    lines.push(['Content-Length', String(Buffer.byteLength(options.body))])
  }
  return new Promise((done, failed) => {
    const sent = request(
      {
        host: hostname,
        port,
        path: options.path,
        method: options.method ?? 'GET',
        headers: lines.flat() as never,
        setHost: false,
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () =>
          done({
            status: response.statusCode ?? 0,
            headers: new Headers(
              Object.entries(response.headersDistinct).flatMap(([name, values]) =>
                (values ?? []).map((value): [string, string] => [name, value]),
              ),
            ),
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        )
      },
    )
    sent.on('error', failed)
    sent.end(options.body)
  })
}
