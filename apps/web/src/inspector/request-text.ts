import type { Fault, Placed } from './pasted.ts'

/** A request as somebody wrote it down, taken apart but not judged. */
export interface RequestText {
  readonly method?: string
  readonly url?: string
  readonly assumed?: string
  readonly headers: readonly { readonly name: string; readonly value: Placed }[]
  readonly fault?: Fault
}

/** `GET /path HTTP/1.1`; the version is often left out when a request is written down. */
export const requestLine = /^([A-Za-z][A-Za-z-]*) +(\S+)(?: +HTTP\/\d(?:\.\d)?)?\s*$/
