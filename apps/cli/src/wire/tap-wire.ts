import { parseAuthorization } from '@keybound/oauth'
import pc from 'picocolors'
import { type Narrator, short } from '../narrator.ts'
import { describeProof } from './describe-proof.ts'
import { type Refusal, readRefusal } from './read-refusal.ts'

/** One request as it was sent and the answer as it came; both bodies can still be read. */
export interface Exchange {
  readonly request: Request
  readonly response: Response
  /** What an answer of 400 or more says about itself. */
  readonly refusal: Refusal | undefined
}

export interface Wire {
  /** Sends, narrates both directions, and keeps the exchange. */
  readonly fetch: typeof fetch
  /** Every exchange since the last call of this function. */
  take(): Exchange[]
  /** Called before a request is sent again because the server asked for its nonce. */
  onNonceChallenge: (exchange: Exchange) => void
}

/** Form fields that tell the story; the rest is sent but not narrated. */
const told = [
  'username',
  'decision',
  'grant_type',
  'response_type',
  'client_id',
  'redirect_uri',
  'scope',
  'code',
  'refresh_token',
  'code_challenge',
  'code_verifier',
]

/** The one place through which every request of the walk goes. */
export function tapWire(narrator: Narrator): Wire {
  let exchanges: Exchange[] = []
  const wire: Wire = {
    async fetch(input, init) {
      const request = new Request(input, init)
      const copy = request.clone()
      await narrateRequest(narrator, request.clone())
      const response = await fetch(request, { redirect: 'manual' })
      const refusal = await readRefusal(response.clone())
      narrateResponse(narrator, response, refusal)
      const exchange: Exchange = { request: copy, response: response.clone(), refusal }
      exchanges.push(exchange)
      if (refusal?.error === 'use_dpop_nonce') wire.onNonceChallenge(exchange)
      return response
    },
    take() {
      const taken = exchanges
      exchanges = []
      return taken
    },
    onNonceChallenge: () =>
      narrator.remark(
        'This server wants its own nonce in the proof too. dpopFetch tries once more, with it:',
      ),
  }
  return wire
}

async function narrateRequest(narrator: Narrator, request: Request): Promise<void> {
  const url = new URL(request.url)
  narrator.wire('→', `${pc.bold(request.method.padEnd(4))} ${url.host}${pc.bold(url.pathname)}${query(url)}`)
  const form = new URLSearchParams(request.method === 'POST' ? await request.text() : '')
  const fields = told
    .filter((name) => form.has(name))
    .map((name) => `${name}=${toldValue(name, form.get(name) ?? '')}`)
  if (fields.length > 0) narrator.fact('form', ...fields)
  const credentials = request.headers.has('authorization') ? parseAuthorization(request.headers) : undefined
  if (credentials) {
    const scheme = credentials.scheme === 'dpop' ? 'DPoP' : 'Bearer'
    narrator.fact('Authorization', `${scheme} ${short(credentials.credentials)} (as access token)`)
  }
  const proof = request.headers.get('dpop')
  if (proof !== null) narrator.fact('DPoP proof', ...(await describeProof(proof)))
}

function narrateResponse(narrator: Narrator, response: Response, refusal: Refusal | undefined): void {
  const status =
    response.status < 400 ? pc.green(String(response.status)) : pc.yellow(String(response.status))
  const location = response.headers.get('location')
  const said = refusal
    ? pc.yellow(`${refusal.error}  ${pc.bold(refusal.reason)}`)
    : location === null
      ? ''
      : `go to ${place(location)}`
  narrator.wire('←', `${pc.bold(status)}  ${said}`.trimEnd())
  if (refusal?.sentence) narrator.fact('because', refusal.sentence)
  const nonce = response.headers.get('dpop-nonce')
  if (nonce !== null) narrator.fact('DPoP-Nonce', short(nonce, 24))
}

function toldValue(name: string, value: string): string {
  return name === 'redirect_uri' || name === 'scope' ? value : short(value, 18)
}

function place(location: string): string {
  const url = new URL(location, 'relative://')
  return `${url.protocol === 'relative:' ? '' : url.origin}${url.pathname}${query(url)}`
}

/** What a URL carries, cut like everything else that opens a door. */
function query(url: URL): string {
  const parts = [...url.searchParams].map(([name, value]) => `${name}=${short(value, 10)}`)
  return parts.length === 0 ? '' : pc.dim(`?${parts.join('&')}`)
}
