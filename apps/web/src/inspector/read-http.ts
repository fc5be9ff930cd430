import type { Fault } from './pasted.ts'
import { type RequestText, requestLine } from './request-text.ts'

/** A raw request from its first line to the empty one, or header lines alone. */
export function readHttp(text: string, start: number): RequestText {
  const headers: RequestText['headers'][number][] = []
  let line: { method: string; target: string } | undefined
  let fault: Fault | undefined
  let at = start
  for (const raw of text.slice(start).split('\n')) {
    const content = raw.replace(/\r$/, '')
    if (content.trim() === '') break
    const request = at === start ? requestLine.exec(content) : null
    const [, name, gap, value] = /^([^\s:]+):([ \t]*)(.*?)[ \t]*$/.exec(content) ?? []
    if (request) line = { method: request[1] ?? '', target: request[2] ?? '' }
    else if (name !== undefined && gap !== undefined && value !== undefined)
      headers.push({ name, value: { text: value, at: at + name.length + 1 + gap.length } })
    else fault ??= { at: at + firstOddity(content), says: 'A header line is a name, a colon and a value.' }
    at += raw.length + 1
  }
  const host = headers.find(({ name }) => name.toLowerCase() === 'host')?.value.text
  return {
    headers,
    ...(line && { method: line.method, ...urlOf(line.target, host) }),
    ...(fault && { fault }),
  }
}

function firstOddity(line: string): number {
  const space = line.search(/\s/)
  return space < 0 ? line.length : space
}

/** A raw request does not say whether it came over TLS. */
function urlOf(target: string, host: string | undefined): Pick<RequestText, 'url' | 'assumed'> {
  if (/^https?:\/\//i.test(target)) return { url: target }
  if (host === undefined || !target.startsWith('/')) return {}
  const scheme = /^(localhost|127\.|\[::1\])/.test(host) ? 'http' : 'https'
  return {
    url: `${scheme}://${host}${target}`,
    assumed: `A raw request does not name its scheme; ${scheme} is assumed.`,
  }
}
