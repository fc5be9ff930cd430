import { describe, expect, it } from 'vitest'
import { parseChallenges } from './challenge.ts'
import { OAuthError } from './errors.ts'
import { redirectErrorResponse } from './redirect-error-response.ts'
import { resourceErrorResponse } from './resource-error-response.ts'
import { tokenErrorResponse } from './token-error-response.ts'

const error = new OAuthError('invalid_dpop_proof', 'htm.match', 'The proof was made for another method.')
const errorUri = 'https://web.example/checks/htm.match'
const target = {
  redirectUri: 'https://client.example/cb',
  responseMode: 'query',
  issuer: 'https://as.example',
} as const

describe('the page about an error, where one is given, is named by error_uri', () => {
  it('in the JSON of the token endpoint', async () => {
    expect(await tokenErrorResponse(error, { errorUri }).json()).toMatchObject({ error_uri: errorUri })
    expect(await tokenErrorResponse(error).json()).not.toHaveProperty('error_uri')
  })

  it('in the challenge that carries the error, and in no other', async () => {
    const schemes = ['DPoP', 'Bearer'] as const
    const response = resourceErrorResponse(error, { schemes, tried: 'DPoP', algs: ['ES256'], errorUri })
    const [dpop, bearer] = parseChallenges(response.headers.get('www-authenticate') ?? '')
    expect(dpop?.params.error_uri).toBe(errorUri)
    expect(bearer?.params).not.toHaveProperty('error_uri')
    expect(await response.json()).toMatchObject({ error_uri: errorUri })
  })

  it('in a redirect', () => {
    const location = (given?: string) =>
      new URL(redirectErrorResponse(error, target, given).headers.get('location') ?? '').searchParams
    expect(location(errorUri).get('error_uri')).toBe(errorUri)
    expect(location().has('error_uri')).toBe(false)
  })
})
