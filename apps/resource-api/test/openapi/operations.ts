import type { Answer, Operations } from '@keybound/testkit/openapi'
import { z } from 'zod'
import { profilePatch } from '../../src/profile/parse-patch.ts'

export const errorAnswer = z.strictObject({
  error: z.string(),
  error_description: z.string().optional().meta({ description: '`<check id>: <sentence>`' }),
  error_uri: z.url().optional(),
  correlation_id: z.string().optional(),
})

/** Without credentials a challenge has no error code (RFC 6750 §3.1). */
const challengeAnswer = z.union([errorAnswer, z.strictObject({ message: z.string() })])

export const profile = z.strictObject({
  sub: z.string(),
  name: z.string(),
  email: z.email(),
  locale: z.string(),
  updated_at: z.number().meta({ description: 'NumericDate' }),
})

export const profileOrClient = z.union([
  profile,
  z.strictObject({ sub: z.string(), client: z.literal(true) }),
])

export const resourceMetadata = z.looseObject({
  resource: z.url(),
  authorization_servers: z.array(z.url()).min(1),
  scopes_supported: z.array(z.string()),
  bearer_methods_supported: z.array(z.literal('header')).optional(),
  dpop_signing_alg_values_supported: z.array(z.string()),
  dpop_bound_access_tokens_required: z.literal(true),
})

const headers = {
  Authorization: '`DPoP <access token>`',
  DPoP: 'A proof for this request and this token (RFC 9449 §7)',
}
const nonceHeader = { 'DPoP-Nonce': 'The nonce for the next proof (RFC 9449 §9)' }
const challenge = {
  'WWW-Authenticate': 'Why, by check id, and where the metadata is (RFC 9449 §7.1, RFC 9728 §5)',
}
const refused: Record<number, Answer> = {
  401: {
    says: 'Token or proof were refused, or a nonce is needed',
    schema: challengeAnswer,
    headers: { ...challenge, ...nonceHeader },
  },
  403: { says: 'The token does not have the scope', schema: errorAnswer, headers: challenge },
  404: { says: 'There is no such profile', schema: errorAnswer },
  503: { says: 'The ledger, the profile store or introspection does not answer', schema: errorAnswer },
}

/** What the resource API answers. */
export const operations: Operations = {
  '/api/profile': {
    GET: {
      summary: 'The profile of the token’s subject',
      headers,
      answers: {
        200: {
          says: 'The profile; for a client that acts for nobody, who it is',
          schema: profileOrClient,
          headers: nonceHeader,
        },
        ...refused,
      },
    },
    PATCH: {
      summary: 'Changes name, email or locale (RFC 7396)',
      headers,
      body: { type: 'application/merge-patch+json', schema: profilePatch },
      answers: {
        200: { says: 'The profile as it is now', schema: profile, headers: nonceHeader },
        400: { says: 'The patch is none', schema: errorAnswer },
        415: { says: 'The patch is of another type', schema: errorAnswer },
        ...refused,
      },
    },
  },
  '/.well-known/oauth-protected-resource/api/profile': {
    GET: {
      summary: 'Protected resource metadata (RFC 9728)',
      answers: { 200: { says: 'The document', schema: resourceMetadata } },
    },
  },
  '/.well-known/oauth-protected-resource': {
    GET: {
      summary: 'The same, at the root for convenience',
      answers: { 200: { says: 'The document', schema: resourceMetadata } },
    },
  },
}
