import type { Verdict } from '@keybound/dpop'

export type HeaderLines = readonly (readonly [name: string, value: string])[]

/** What went over the wire, once. Every page that shows a request shows an Exchange. */
export interface Exchange {
  readonly id: string
  /** What it was for, in a few words. */
  readonly step: string
  readonly from: string
  readonly to: string
  readonly request: {
    readonly method: string
    readonly url: string
    readonly headers: HeaderLines
    readonly body?: string
  }
  /** Absent where no answer came. */
  readonly response?: {
    readonly status: number
    /** In a browser only those that the server exposes to it. */
    readonly headers: HeaderLines
    readonly body?: string
  }
  /** NumericDate of the sending, and seconds until the answer. */
  readonly timings: { readonly sentAt: number; readonly took: number }
  /** Why no answer came. */
  readonly fault?: string
  readonly verdict?: Verdict
}

export function headerOf(lines: HeaderLines, name: string): string | undefined {
  return lines.find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1]
}

/** The raw proof of the request, if it carried one. */
export function proofOf(exchange: Exchange): string | undefined {
  return headerOf(exchange.request.headers, 'dpop')
}

/** The access token of the request, if it carried one. */
export function accessTokenOf({ request }: Exchange): string | undefined {
  return /^(?:dpop|bearer)\s+(\S+)$/i.exec(headerOf(request.headers, 'authorization') ?? '')?.[1]
}

/** The reason in an OAuth error answer: the check id before the colon of its description, in a JSON body or in a challenge. */
export function refusalOf(
  exchange: Exchange,
): { error: string; reason?: string; sentence?: string } | undefined {
  const { response } = exchange
  if (response === undefined || response.status < 400) return undefined
  const text = `${headerOf(response.headers, 'www-authenticate') ?? ''} ${response.body ?? ''}`
  const error = /"?error"?\s*[=:]\s*"([^"]*)"/.exec(text)?.[1]
  if (error === undefined) return undefined
  const description = /"?error_description"?\s*[=:]\s*"([^"]*)"/.exec(text)?.[1]
  const [, reason, sentence] = /^([a-z_]+\.[a-z_]+): (.*)$/.exec(description ?? '') ?? []
  return { error, ...(reason && { reason }), ...(sentence && { sentence }) }
}
