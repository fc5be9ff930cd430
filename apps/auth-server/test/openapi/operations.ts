import type { Answer, Operation, Operations } from '@keybound/testkit/openapi'
import { z } from 'zod'
import * as schemas from './schemas.ts'

const form = (schema: z.ZodType) => ({ type: 'application/x-www-form-urlencoded', schema })
const proofHeader = { DPoP: 'A proof for this request (RFC 9449 §4)' }
const nonceHeader = { 'DPoP-Nonce': 'The nonce for the next proof (RFC 9449 §8)' }
const page = (says: string): Answer => ({ says, type: 'text/html', schema: z.string() })

const refused: Record<number, Answer> = {
  400: {
    says: 'Refused, and nothing was used up. `use_dpop_nonce` comes with the nonce to try again with.',
    schema: schemas.errorAnswer,
    headers: nonceHeader,
  },
  401: { says: 'The client is not who it says it is (`invalid_client`).', schema: schemas.errorAnswer },
  503: { says: 'The store does not answer. Try again after `Retry-After`.', schema: schemas.errorAnswer },
}

const metadata = (summary: string): { GET: Operation } => ({
  GET: { summary, answers: { 200: { says: 'The document', schema: schemas.serverMetadata } } },
})

const userinfo: Operation = {
  summary: 'Claims about the user (OpenID Connect Core §5.3)',
  headers: {
    Authorization: '`DPoP <access token>`; `Bearer` for a token that is bound to no key',
    ...proofHeader,
  },
  answers: {
    200: {
      says: 'The claims of the scopes that were granted',
      schema: schemas.userinfoAnswer,
      headers: nonceHeader,
    },
    401: {
      says: 'Token or proof were refused; `WWW-Authenticate` says why, by check id',
      schema: schemas.challengeAnswer,
      headers: { 'WWW-Authenticate': 'RFC 9449 §7.1', ...nonceHeader },
    },
    403: { says: 'The token does not have the scope openid', schema: schemas.errorAnswer },
  },
}

const registrationHeader = { Authorization: '`Bearer <registration access token>`' }
const information: Answer = { says: 'The client as it is registered', schema: schemas.clientInformation }
const json = { type: 'application/json', schema: schemas.clientMetadata }

/** What the authorization server answers, as clients see it: the routes for people's forms and for files are not part of it. */
export const operations: Operations = {
  '/.well-known/oauth-authorization-server': metadata('Authorization server metadata (RFC 8414)'),
  '/.well-known/openid-configuration': metadata('OpenID Connect discovery'),
  '/jwks': {
    GET: {
      summary: 'The keys that sign tokens (RFC 7517 §5)',
      answers: { 200: { says: 'Public keys', schema: schemas.keySet } },
    },
  },
  '/par': {
    POST: {
      summary: 'Pushes an authorization request (RFC 9126)',
      headers: proofHeader,
      body: form(schemas.pushForm),
      answers: { 201: { says: 'What to go to /authorize with', schema: schemas.pushAnswer }, ...refused },
    },
  },
  '/authorize': {
    GET: {
      summary: 'Begins an authorization, in the user’s browser (RFC 6749 §4.1)',
      query: schemas.authorizationQuery,
      answers: {
        303: { says: 'To login or consent, or back to the client with `code` or `error`, `state` and `iss`' },
        400: page('A page: without a known client and redirect URI there is nowhere to go back to'),
      },
    },
    POST: {
      summary: 'The same, by a form (OpenID Connect Core §3.1.2.1)',
      body: form(schemas.authorizationQuery),
      answers: { 303: { says: 'As for GET' }, 400: page('As for GET') },
    },
  },
  '/token': {
    POST: {
      summary: 'Gives tokens (RFC 6749 §3.2, RFC 9449 §5)',
      description:
        'A request that is refused consumes neither the code, nor the refresh token, nor the proof.',
      headers: proofHeader,
      body: form(schemas.tokenForm),
      answers: { 200: { says: 'Tokens', schema: schemas.tokenAnswer, headers: nonceHeader }, ...refused },
    },
  },
  '/userinfo': { GET: userinfo, POST: userinfo },
  '/introspect': {
    POST: {
      summary: 'Says of a token whether it is active, to whom it is meant for (RFC 7662)',
      body: form(schemas.introspectionForm),
      answers: { 200: { says: 'What it says', schema: schemas.introspectionAnswer }, ...refused },
    },
  },
  '/revoke': {
    POST: {
      summary: 'Ends a token of the client’s own (RFC 7009)',
      body: form(schemas.tokenToLookAt),
      answers: { 200: { says: 'It is not active, or never was' }, ...refused },
    },
  },
  '/register': {
    POST: {
      summary: 'Registers a client (RFC 7591)',
      headers: { Authorization: '`Bearer <initial access token>`' },
      body: json,
      answers: { ...refused, 201: information },
    },
  },
  '/register/{client_id}': {
    GET: {
      summary: 'Reads a registration (RFC 7592)',
      headers: registrationHeader,
      answers: { 200: information, 401: refused[401] as Answer },
    },
    PUT: {
      summary: 'Replaces a registration',
      headers: registrationHeader,
      body: json,
      answers: { ...refused, 200: information },
    },
    DELETE: {
      summary: 'Ends a registration',
      headers: registrationHeader,
      answers: { 204: { says: 'It is gone' }, 401: refused[401] as Answer },
    },
  },
  '/logout': {
    GET: {
      summary: 'Signs the user out, in the browser (OpenID Connect RP-Initiated Logout)',
      query: z.object({
        id_token_hint: z.string().optional(),
        client_id: z.string().optional(),
        post_logout_redirect_uri: z.url().optional(),
        state: z.string().optional(),
      }),
      answers: { 200: page('A page that asks'), 303: { says: 'Back to the client' } },
    },
  },
}
