import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

export interface RawAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * Writes the parts to a socket one after another, `pause` milliseconds apart, each character one byte, and reads until the server closes
 * or has been silent for `silence` milliseconds. One entry per answer that came back.
 */
export async function exchangeRaw(
  port: number,
  parts: string | readonly string[],
  { silence = 200, pause = 20 }: { silence?: number; pause?: number } = {},
): Promise<{ answers: RawAnswer[]; closed: boolean }> {
  const socket = connect(port, '127.0.0.1')
  let received = Buffer.alloc(0)
  let last = Date.now()
  let closed = false
  socket.on('error', () => {})
  socket.on('close', () => {
    closed = true
  })
  socket.on('end', () => {
    closed = true
  })
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk])
    last = Date.now()
  })
  for (const part of typeof parts === 'string' ? [parts] : parts) {
    if (socket.writable) socket.write(Buffer.from(part, 'latin1'))
    last = Date.now()
    await wait(pause)
  }
  while (!closed && Date.now() - last < silence) await wait(10)
  socket.destroy()
  return { answers: readAnswers(received.toString('latin1')), closed }
}

function readAnswers(text: string): RawAnswer[] {
  const answers: RawAnswer[] = []
  let rest = text
  while (rest.startsWith('HTTP/1.1 ')) {
    const end = rest.indexOf('\r\n\r\n')
    const [first = '', ...lines] = rest.slice(0, end).split('\r\n')
    const headers = Object.fromEntries(lines.map(readLine))
    const read = headers['transfer-encoding'] === 'chunked' ? readChunks : readLength
    const { body, after } = read(rest.slice(end + 4), Number(headers['content-length'] ?? 0))
    const status = Number(first.split(' ')[1])
    if (status !== 100) answers.push({ status, headers, body })
    rest = after
  }
  return answers
}

function readLine(line: string): [string, string] {
  const colon = line.indexOf(':')
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
}

function readLength(text: string, length: number): { body: string; after: string } {
  return { body: text.slice(0, length), after: text.slice(length) }
}

function readChunks(text: string): { body: string; after: string } {
  let body = ''
  let rest = text
  for (;;) {
    const [size = ''] = rest.split('\r\n', 1)
    const length = Number.parseInt(size, 16)
    body += rest.slice(size.length + 2, size.length + 2 + length)
    rest = rest.slice(size.length + 2 + length + 2)
    if (!(length > 0)) return { body, after: rest }
  }
}
