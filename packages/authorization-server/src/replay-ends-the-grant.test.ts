import { createProof } from '@keybound/dpop'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { codeFor, exchange, refresh, tokensFor } from '../test/flow.ts'
import { refusal } from '../test/refusal.ts'
import { key, otherKey, type Parameters, send } from '../test/requests.ts'
import { issuer, type Opened, openServer } from '../test/server.ts'

const replayed = '400 invalid_dpop_proof jti.unused'

/** Two equal requests. */
async function twice(opened: Opened, parameters: Parameters, signer = key): Promise<[Response, Response]> {
  const url = `${issuer}/token`
  const proof = await createProof(signer, { method: 'POST', url, now: opened.clock.now() })
  const first = await send(opened, '/token', parameters, { proof })
  return [first, await send(opened, '/token', parameters, { proof })]
}

async function isRevoked({ stores }: Opened, accessToken: string): Promise<boolean> {
  const grant = await stores.grantStore.findGrant(String(decodeJwt(accessToken).grant_id))
  return grant?.revokedAt !== undefined
}

async function isActive(opened: Opened, token: string, more: Parameters = {}, client = 'resource-api') {
  const response = await send(
    opened,
    '/introspect',
    { token, ...more },
    {
      client: client as 'resource-api',
      proof: false,
    },
  )
  return (await response.json()).active
}

describe.each([true, false])('with revokeOnReplay %s', (revokeOnReplay) => {
  test('a replayed refresh request ends its grant, or only fails', async () => {
    const opened = openServer({ revokeOnReplay })
    const { access_token, refresh_token } = await tokensFor(opened)
    const [first, second] = await twice(opened, refresh(refresh_token))
    expect(first.status).toBe(200)
    expect(await refusal(second)).toBe(replayed)
    expect(await isRevoked(opened, access_token)).toBe(revokeOnReplay)
    const { refresh_token: next } = await first.json()
    expect((await send(opened, '/token', refresh(next))).status).toBe(revokeOnReplay ? 400 : 200)
  })

  test('so does a replayed code request', async () => {
    const opened = openServer({ revokeOnReplay })
    const [first, second] = await twice(opened, exchange('playground', await codeFor(opened)))
    expect(await refusal(second)).toBe(replayed)
    expect(await isRevoked(opened, (await first.json()).access_token)).toBe(revokeOnReplay)
  })

  test('a resource that saw a replay of its token ends the grant, or only asks', async () => {
    const opened = openServer({ revokeOnReplay })
    const { access_token } = await tokensFor(opened)
    expect(await isActive(opened, access_token, { replay_seen: 'true' })).toBe(!revokeOnReplay)
    expect(await isRevoked(opened, access_token)).toBe(revokeOnReplay)
    expect(await isActive(opened, access_token)).toBe(!revokeOnReplay)
  })

  test('a token of a client itself ends alone', async () => {
    const opened = openServer({ revokeOnReplay })
    const grant: Parameters = { grant_type: 'client_credentials' }
    const tokens = async () =>
      (await (await send(opened, '/token', grant, { client: 'service' })).json()).access_token
    const [one, other] = [await tokens(), await tokens()]
    await isActive(opened, one, { replay_seen: 'true' })
    expect(await isActive(opened, one)).toBe(!revokeOnReplay)
    expect(await isActive(opened, other)).toBe(true)
  })
})

describe('with revokeOnReplay nobody ends a grant', () => {
  test('whose token is not for the caller', async () => {
    const opened = openServer({ revokeOnReplay: true })
    const { access_token } = await tokensFor(opened)
    expect(await isActive(opened, access_token, { replay_seen: 'true' }, 'web')).toBe(false)
    expect(await isRevoked(opened, access_token)).toBe(false)
  })

  test('with the refresh token and a key of his own', async () => {
    const opened = openServer({ revokeOnReplay: true })
    const { access_token, refresh_token } = await tokensFor(opened)
    for (const answer of await twice(opened, refresh(refresh_token), otherKey))
      expect(await refusal(answer)).toBe('400 invalid_grant refresh.jkt')
    expect(await isRevoked(opened, access_token)).toBe(false)
  })

  test('by a request that fails for another reason', async () => {
    const opened = openServer({ revokeOnReplay: true })
    const { access_token, refresh_token } = await tokensFor(opened)
    await send(opened, '/token', refresh(refresh_token, { scope: 'orders' }))
    await send(opened, '/token', refresh(refresh_token), { proof: 'no proof at all' })
    expect(await isRevoked(opened, access_token)).toBe(false)
  })
})
