import type { CheckGuides } from './check-guide.ts'

const rules = 'packages/authorization-server/src'

/** The checks that compare the proof with something outside it: the token, the code, the client, the ledger. */
export const requestGuides = {
  'scheme.match': {
    title: 'The scheme fits the token',
    why: 'A token that is bound to a key is worthless to a thief only if no server takes it without the key.',
    attack: { says: 'Send a stolen bound token under the Bearer scheme and leave the proof out.', lab: 1 },
    client: 'Send a token of token_type DPoP as Authorization: DPoP, with a proof, every time.',
    server:
      'Decide by the cnf of the token and not by the scheme that the caller chose. An unbound token under DPoP is refused too.',
    code: { file: 'packages/dpop/src/binding/check-binding.ts', line: 'export function checkBinding(' },
    example: {
      good: 'GET /api/profile HTTP/1.1\nAuthorization: DPoP eyJ...\nDPoP: eyJ...',
      bad: 'GET /api/profile HTTP/1.1\nAuthorization: Bearer eyJ...',
    },
  },
  'client.requires': {
    title: 'A proof where one was promised',
    why: 'A client that is registered for bound tokens must never get an unbound one, not even because somebody removed a header on the way.',
    attack: { says: 'Drop the DPoP header at the token endpoint and receive a plain bearer token.', lab: 14 },
    client: 'Send a proof with every token request, refreshes included.',
    server:
      'Ask for the proof by the registration of the client and by the binding of the code or refresh token, before anything is consumed.',
    code: { file: `${rules}/proof-for.ts`, line: "throw refused('client.requires')" },
    example: {
      good: 'POST /token HTTP/1.1\nDPoP: eyJ...\n\ngrant_type=authorization_code&code=...',
      bad: 'POST /token HTTP/1.1\n\ngrant_type=authorization_code&code=...',
    },
  },
  'token.valid': {
    title: 'A valid access token for this resource',
    why: 'The proof shows that the sender has the key. Whether the token was issued, for whom and until when, only the token says.',
    attack: { says: 'Use an expired, revoked or forged token, or one for another API.' },
    client: 'Refresh before exp, and ask for a token with the resource that you call (RFC 8707).',
    server:
      'Check typ at+jwt, signature, iss, aud and exp, in this order of cost, and ask about revocation as often as you can afford.',
    code: {
      file: 'packages/resource-server/src/access-token/verify-access-token.ts',
      line: 'const accessToken = checkClaims(parseObject(segments.payload), expected)',
    },
    example: {
      good: '{ "iss": "https://as.example", "aud": "https://api.example/api/profile", "exp": <in five minutes>, "cnf": { "jkt": "..." } }',
      bad: '{ "iss": "https://as.example", "aud": "https://other.example", "exp": <an hour ago>, "cnf": { "jkt": "..." } }',
    },
  },
  'jkt.match': {
    title: 'The key of the proof is the key of the token',
    why: 'This is what the binding is: the thumbprint in the token has to be that of the key that made the proof.',
    attack: { says: 'Steal the token and make a perfect proof, with a key of your own.', lab: 2 },
    client:
      'Use the key with which the token was obtained. If you lost it, sign in again; the token is of no use without it.',
    server: 'Compare cnf.jkt with the RFC 7638 thumbprint of the jwk in the proof.',
    code: { file: 'packages/dpop/src/binding/check-binding.ts', line: "throw refusal('jkt.match'" },
    example: {
      good: 'token   cnf.jkt = NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs\nproof   jwk     → NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs',
      bad: 'token   cnf.jkt = NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs\nproof   jwk     → 0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I',
    },
  },
  'code.jkt': {
    title: 'The code is redeemed by the key that asked for it',
    why: 'dpop_jkt binds the authorization code from the start, so that a code that leaks on its way through the browser is useless too.',
    attack: {
      says: 'Inject a stolen code into a session of your own, or redeem it with your own key.',
      lab: 12,
    },
    client: 'Send dpop_jkt, or a proof at PAR, and redeem the code with the same key.',
    server: 'Store the thumbprint with the code and compare it before the code is consumed.',
    code: { file: `${rules}/grants/authorization-code.ts`, line: "throw refused('code.jkt')" },
    example: {
      good: 'authorize  dpop_jkt = NzbLsXh8...\ntoken      proof by  NzbLsXh8...',
      bad: 'authorize  dpop_jkt = NzbLsXh8...\ntoken      proof by  0ZcOCORZ...',
    },
  },
  'par.jkt': {
    title: 'A pushed request names one key',
    why: 'A pushed request may say its key twice, as dpop_jkt and by a proof. If the two differ, one of them is a mistake or an attack.',
    attack: { says: 'Push a request with your own proof and the dpop_jkt of somebody else.' },
    client: 'Send one of the two, or make sure that both come from the same key.',
    server: 'Compare the two before anything is stored.',
    code: { file: `${rules}/authorization/checks/dpop-jkt.ts`, line: "throw refused('par.jkt')" },
    example: {
      good: 'POST /par   dpop_jkt = NzbLsXh8...   proof by NzbLsXh8...',
      bad: 'POST /par   dpop_jkt = NzbLsXh8...   proof by 0ZcOCORZ...',
    },
  },
  'refresh.jkt': {
    title: 'A public client refreshes with its own key',
    why: 'A public client has no secret. Its refresh token would be a bearer token for months if it were not bound to a key.',
    attack: { says: 'Steal the refresh token of a public client and use it with your own key.', lab: 13 },
    client:
      'Keep the key for as long as the refresh token, for example as a non-extractable key in IndexedDB.',
    server: 'Compare before any reuse detection, so that a stranger cannot end the session of the owner.',
    code: { file: `${rules}/grants/refresh-token.ts`, line: "throw refused('refresh.jkt')" },
    example: {
      good: 'rt_...  bound to NzbLsXh8...   proof by NzbLsXh8...',
      bad: 'rt_...  bound to NzbLsXh8...   proof by 0ZcOCORZ...',
    },
  },
  'scope.enough': {
    title: 'The token was granted what this needs',
    why: 'Possession of the key says nothing about what its owner may do.',
    attack: { says: 'Use a token for reading to write.' },
    client: 'Ask for the scope that the challenge names, and tell the person why.',
    server:
      'Answer 403 insufficient_scope with the scope that is missing, so that the client can ask for it.',
    code: {
      file: 'packages/resource-server/src/check-scope.ts',
      line: 'if (!scopeIncludes(granted, required)) {',
    },
    example: {
      good: 'PATCH /api/profile   token scope: profile profile:write',
      bad: 'PATCH /api/profile   token scope: profile',
    },
  },
  'jti.unused': {
    title: 'This proof was not used before',
    why: 'A proof that was copied on its way must not work a second time. So the server remembers each jti for as long as its proof could be accepted.',
    attack: { says: 'Send a captured request once more, unchanged, perhaps to another replica.', lab: 3 },
    client:
      'Make a new proof, with a new jti, for every attempt: retries after a timeout, a 429 or a redirect included.',
    server:
      'One atomic insert decides, shared by all replicas, as the last step. Keep the record until the proof is too old, counted from its iat and not from its receipt.',
    code: { file: 'packages/dpop/src/replay/ledger.ts', line: "throw refusal('jti.unused'" },
    example: {
      good: '1.  jti 3f1c...  first use\n2.  jti 9a20...  first use',
      bad: '1.  jti 3f1c...  first use\n2.  jti 3f1c...  the same again',
    },
  },
} as const satisfies Partial<CheckGuides>
