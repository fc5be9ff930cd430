import { createProof, type Signer } from '@keybound/dpop'
import { accessTokenOf, boundTo, type Exchange, headerOf, judgeExchange, refusalOf } from '@keybound/exchange'
import type { World } from '../world/world.ts'
import { type Message, send } from './send.ts'

/** What a request is for, where it goes, and what is to be other than right about it. */
export interface Sending {
  readonly step: string
  readonly method?: string
  readonly url: string
  readonly accessToken?: string
  readonly form?: Readonly<Record<string, string>>
  readonly body?: string
  readonly headers?: Message['headers']
}

/** The victim or the thief: somebody with a key who sends requests to one world. */
export interface Actor {
  readonly signer: Signer
  /** One request with exactly these headers. */
  send(sending: Sending): Promise<Exchange>
  /** As a client does: with a new proof, once more where a nonce is asked for. Without any proof where the world knows Bearer only. */
  sendProved(sending: Sending): Promise<Exchange>
  /** A proof for that request, not sent. */
  prove(sending: Sending, more?: { readonly iat?: number; readonly nonce?: string | null }): Promise<string>
}

export function createActor(
  name: 'victim' | 'thief',
  world: World,
  signer: Signer,
  record: (exchange: Exchange) => void,
): Actor {
  async function sendOnce({
    step,
    method = 'GET',
    url,
    form,
    body,
    headers = [],
  }: Sending): Promise<Exchange> {
    const text = form ? new URLSearchParams(form).toString() : body
    const lines: Message['headers'] = form
      ? [['Content-Type', 'application/x-www-form-urlencoded'], ...headers]
      : headers
    const to = url.startsWith(`${world.baseUrl}/api/`) ? 'api' : 'authorization server'
    const sent = await send(
      { method, url, headers: lines, ...(text !== undefined && { body: text }) },
      { about: { step, from: name, to }, clock: world.clock },
    )
    const exchange = await judged(sent, world)
    record(exchange)
    return exchange
  }

  /** The nonce that this server gives now, as any client can learn it from a challenge. */
  async function nonceFor(url: string): Promise<string | undefined> {
    const nonces = url.startsWith(`${world.baseUrl}/api/`)
      ? world.nonces.api
      : world.nonces.authorizationServer
    return nonces?.issue(world.clock())
  }

  async function prove(
    { method = 'GET', url, accessToken }: Sending,
    { iat = world.clock(), nonce }: { readonly iat?: number; readonly nonce?: string | null } = {},
  ): Promise<string> {
    const used = nonce === undefined ? await nonceFor(url) : nonce
    return createProof(signer, { method, url, accessToken, nonce: used ?? undefined, now: iat })
  }

  async function sendProved(sending: Sending): Promise<Exchange> {
    const { accessToken, headers = [] } = sending
    const scheme = world.settings.scheme
    const authorization: Message['headers'] =
      accessToken === undefined ? [] : [['Authorization', `${scheme} ${accessToken}`]]
    if (scheme === 'Bearer') return sendOnce({ ...sending, headers: [...headers, ...authorization] })
    let nonce: string | null = null
    for (;;) {
      const dpop = await prove(sending, { nonce })
      const exchange = await sendOnce({ ...sending, headers: [...headers, ...authorization, ['DPoP', dpop]] })
      const given = headerOf(exchange.response?.headers ?? [], 'dpop-nonce')
      if (nonce !== null || refusalOf(exchange)?.error !== 'use_dpop_nonce' || given === undefined)
        return exchange
      nonce = given
    }
  }

  return { signer, send: sendOnce, sendProved, prove }
}

/** With the verdict of the one table, as the world's own server has it. */
async function judged(exchange: Exchange, world: World): Promise<Exchange> {
  const accessToken = accessTokenOf(exchange)
  const nonces = accessToken === undefined ? world.nonces.authorizationServer : world.nonces.api
  const jkt = accessToken === undefined ? undefined : boundTo(accessToken)
  const { policy, checks } = world
  const verdict = await judgeExchange(exchange, { accessToken, jkt, nonces, policy, checks })
  return verdict ? { ...exchange, verdict } : exchange
}
