import type { Exchange } from '@keybound/exchange'
import { UnsecuredJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { tokenParts } from './token-parts.ts'

const thumbprint = '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I'
const accessToken = new UnsecuredJWT({ sub: 'alice', cnf: { jkt: thumbprint } }).encode()

function exchange(change: { request?: object; response?: object }): Exchange {
  return {
    id: 'x',
    step: '',
    from: 'playground',
    to: 'auth-server',
    request: { method: 'POST', url: 'https://as.example/token', headers: [], ...change.request },
    response: { status: 200, headers: [], ...change.response },
    timings: { sentAt: 0, took: 0 },
  }
}

describe('the tokens of an exchange', () => {
  it('are those sent and those answered, with the key that a token is bound to', () => {
    const parts = tokenParts(
      exchange({
        request: { body: 'grant_type=authorization_code&code=code_1&code_verifier=v' },
        response: { body: JSON.stringify({ access_token: accessToken, refresh_token: 'rt_1' }) },
      }),
    )
    expect(parts.map(({ place, boundTo }) => [place, boundTo])).toEqual([
      ['sent as code', undefined],
      ['sent as code_verifier', undefined],
      ['answered as access_token', thumbprint],
      ['answered as refresh_token', undefined],
    ])
    expect(parts[2]?.claims).toMatchObject({ sub: 'alice' })
  })

  it('include the one in Authorization, under the scheme in which it came', () => {
    const [part] = tokenParts(exchange({ request: { headers: [['Authorization', `DPoP ${accessToken}`]] } }))
    expect(part).toMatchObject({ place: 'presented in Authorization, as DPoP', text: accessToken })
  })

  it('are none where the answer is no JSON', () => {
    expect(tokenParts(exchange({ response: { body: '<html>' } }))).toEqual([])
  })
})
