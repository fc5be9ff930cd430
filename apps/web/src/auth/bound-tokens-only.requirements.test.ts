import { createNonceCache, generateKey } from '@keybound/dpop/client'
import { fixedClock, requirement, testKeys } from '@keybound/testkit'
import { describe, expect } from 'vitest'
import type { Web } from '../dependencies.ts'
import { createLog } from '../log.ts'
import { initialState } from '../playground/flow-state.ts'
import { steps } from '../playground/steps/index.ts'
import type { StepTools } from '../playground/steps/step-tools.ts'
import type { WebSession } from '../session/web-sessions.ts'
import { importClientKey } from './client-key.ts'
import { refreshTokens } from './refresh-tokens.ts'

const issuer = 'https://as.example'
const metadata = { issuer, token_endpoint: `${issuer}/token` }
const clock = fixedClock().now
const signer = await generateKey('ES256')

function answering(tokenType: unknown): typeof fetch {
  return async () =>
    Response.json({ access_token: 'an.access.token', token_type: tokenType, expires_in: 300 })
}

async function refreshed(tokenType: unknown) {
  const web = {
    env: { issuer },
    clock,
    fetch: answering(tokenType),
    clientKey: await importClientKey({ ...testKeys.ES256.privateJwk, alg: 'ES256' }),
    provider: { metadata: async () => metadata },
    nonces: createNonceCache(),
    log: createLog('silent'),
  } as unknown as Web
  const session = { signer, tokens: { refreshToken: 'rt_x', scope: [] } } as unknown as WebSession
  return refreshTokens(web)(session)
}

async function steppedThrough(tokenType: unknown) {
  const tools = {
    settings: { webUrl: 'https://web.example', issuer, apiUrl: 'https://api.example' },
    clock,
    nonces: createNonceCache(),
    send: () => answering(tokenType),
  } as unknown as StepTools
  const state = {
    ...initialState,
    key: { signer, createdAt: clock(), exportRefused: '' },
    metadata,
    code: 'code_x',
    pending: { url: issuer, state: 'x', codeVerifier: 'x', madeAt: clock() },
  } as unknown as typeof initialState
  return steps.token(state, tools)
}

describe('a token response whose token_type is not DPoP', () => {
  requirement('DPOP-5-13', 'is thrown away by the web app when it refreshes', async () => {
    for (const type of ['Bearer', 'bearer', undefined, 'N_A', 1])
      await expect(refreshed(type)).rejects.toThrow('not bound')
    for (const type of ['DPoP', 'dpop']) expect((await refreshed(type))?.accessToken).toBe('an.access.token')
  })

  requirement('DPOP-5-13', 'is thrown away by the playground', async () => {
    for (const type of ['Bearer', undefined]) await expect(steppedThrough(type)).rejects.toThrow('not bound')
    expect((await steppedThrough('DPoP')).tokens?.accessToken).toBe('an.access.token')
  })
})
