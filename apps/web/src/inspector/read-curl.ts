import type { Placed } from './pasted.ts'
import { readShellWords } from './read-shell-words.ts'
import type { RequestText } from './request-text.ts'

/** Options of curl that take a value which says nothing about the proof. */
const withValue =
  /^(-[AbcCDEeFhKmoPQrtTUuwxyYz]|--(user-agent|cookie|cookie-jar|output|user|proxy|max-time|connect-timeout|cacert|cert|key|retry|referer|form|write-out|resolve|range|upload-file))$/
const data = /^(-d|--data|--data-raw|--data-binary|--data-ascii|--data-urlencode|--json)$/

/** A curl command as a shell would read it: quotes, escapes and continued lines included. */
export function readCurl(text: string): RequestText {
  const { words, fault } = readShellWords(text)
  const headers: RequestText['headers'][number][] = []
  const request: { method?: string; url?: string } = {}
  let body = false
  let get = false
  const rest = words.slice(words.findIndex((word) => /curl/.test(word.text)) + 1)
  for (let index = 0; index < rest.length; index++) {
    const word = spread(rest[index])
    if (word === undefined) break
    const value = word.value ?? rest[index + 1]
    const takes = () => word.value === undefined && index++
    if (/^(-X|--request)$/.test(word.option)) {
      request.method = value?.text ?? ''
      takes()
    } else if (/^(-H|--header)$/.test(word.option)) {
      const header = value && headerOf(value)
      if (header) headers.push(header)
      takes()
    } else if (word.option === '--url') {
      request.url = value?.text ?? ''
      takes()
    } else if (data.test(word.option)) {
      body = true
      takes()
    } else if (/^(-G|--get)$/.test(word.option)) get = true
    else if (/^(-I|--head)$/.test(word.option)) request.method ??= 'HEAD'
    else if (withValue.test(word.option)) takes()
    else if (!word.option.startsWith('-')) request.url ??= word.option
  }
  const url = request.url && (/^https?:\/\//i.test(request.url) ? request.url : `http://${request.url}`)
  return {
    headers,
    method: request.method ?? (body && !get ? 'POST' : 'GET'),
    ...(url && { url }),
    ...(fault && { fault }),
  }
}

/** `--request=PUT` and `-XPUT` carry their value with them. */
function spread(word: Placed | undefined): { option: string; value?: Placed } | undefined {
  if (word === undefined) return undefined
  const [, option, value] = /^(--[\w-]+)=(.*)$/s.exec(word.text) ?? /^(-[XHd])(.+)$/s.exec(word.text) ?? []
  if (option === undefined || value === undefined) return { option: word.text }
  return { option, value: { text: value, at: word.at + word.text.length - value.length } }
}

function headerOf(word: Placed): RequestText['headers'][number] | undefined {
  const [, name, gap, value] = /^([^\s:]+):([ \t]*)(.*)$/s.exec(word.text) ?? []
  if (name === undefined || gap === undefined || value === undefined) return undefined
  return { name, value: { text: value, at: word.at + name.length + 1 + gap.length } }
}
