import { requirement } from '@keybound/testkit'
import { decodeJwt } from 'jose'
import { expect } from 'vitest'
import { answered, authorizationParameters, begun, codeFor, exchange, finish } from '../test/flow.ts'
import { key, otherKey, send } from '../test/requests.ts'
import { openServer, openServerWithNonces } from '../test/server.ts'
import { authorizationServerMetadata } from './index.ts'

// RFC 9449 §12: the names are the interface. A slip in one of them would go unseen between a client and a server that share it.

requirement(
  ['DPOP-12-01', 'DPOP-12-05'],
  'the token type is DPoP and the confirmation method is jkt, letter for letter',
  async () => {
    const opened = openServer()
    const response = await send(opened, '/token', exchange('playground', await codeFor(opened)))
    const { token_type, access_token } = await response.json()
    expect(token_type).toBe('DPoP')
    expect(decodeJwt(access_token).cnf).toEqual({ jkt: key.jkt })
  },
)

requirement(
  ['DPOP-12-02', 'DPOP-12-07', 'DPOP-5-04'],
  'the errors are invalid_dpop_proof and use_dpop_nonce, the header fields DPoP and DPoP-Nonce',
  async () => {
    const opened = openServerWithNonces()
    const wanted = await send(opened, '/token', exchange('playground', await codeFor(opened)))
    expect((await wanted.json()).error).toBe('use_dpop_nonce')
    const nonce = wanted.headers.get('DPoP-Nonce') ?? ''
    expect(nonce).toBe(await opened.nonces.issue(opened.clock.now()))

    const broken = await send(opened, '/token', exchange('playground', 'code_x'), { proof: 'x.y.z' })
    expect([broken.status, (await broken.json()).error]).toEqual([400, 'invalid_dpop_proof'])

    const right = await send(opened, '/token', exchange('playground', await codeFor(opened)), { nonce })
    expect(right.status).toBe(200)
  },
)

requirement(
  ['DPOP-12-03', 'DPOP-10-01'],
  'the authorization request parameter is dpop_jkt: the code of one that names a key is good with that key alone',
  async () => {
    const opened = openServer()
    const transaction = await begun(opened, authorizationParameters('playground', { dpop_jkt: key.jkt }))
    const { code = '' } = answered(await finish(opened, transaction))
    const refused = await send(opened, '/token', exchange('playground', code), { proof: otherKey })
    expect([refused.status, (await refused.json()).error]).toEqual([400, 'invalid_grant'])
    expect((await send(opened, '/token', exchange('playground', code))).status).toBe(200)
  },
)

requirement(
  ['DPOP-12-08', 'DPOP-12-09', 'DPOP-5.2-01', 'DPOP-5.2-02'],
  'the metadata names are dpop_signing_alg_values_supported and dpop_bound_access_tokens, and both are enforced',
  async () => {
    const opened = openServer()
    const metadata = authorizationServerMetadata(opened.server)
    expect(metadata.dpop_signing_alg_values_supported).toEqual(['ES256', 'PS256', 'Ed25519', 'EdDSA'])

    const bound = { ...(await opened.stores.clients.find('playground')) }
    expect(bound.dpop_bound_access_tokens).toBe(true)
    const without = { proof: false, client: 'playground' } as const
    const refused = await send(opened, '/token', exchange('playground', await codeFor(opened)), without)
    expect([refused.status, (await refused.json()).error]).toEqual([400, 'invalid_dpop_proof'])

    expect((await opened.stores.clients.find('loose'))?.dpop_bound_access_tokens).toBe(false)
    const code = await codeFor(opened, 'loose')
    const free = await send(opened, '/token', exchange('loose', code), { proof: false, client: 'loose' })
    expect((await free.json()).token_type).toBe('Bearer')
  },
)
