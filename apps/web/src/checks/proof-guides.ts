import type { CheckGuides } from './check-guide.ts'

const table = 'packages/dpop/src/proof/check-proof.ts'

/** The checks of RFC 9449 §4.3, which read nothing but the proof and the request that it came with. */
export const proofGuides = {
  'header.single': {
    title: 'Exactly one proof',
    why: 'Two readers of one request must see the same proof. If a gateway judges the first header and the server the second, each can be told something else.',
    attack: { says: 'Send two DPoP headers, one for the gateway and one for the server behind it.', lab: 11 },
    client: 'Set the header, never append to it. On a retry make a new proof and replace the old one.',
    server:
      'Refuse repeated lines before a framework hides them: of two lines many give you the first, or join them with a comma.',
    code: { file: 'packages/dpop/src/proof/read-proof.ts', line: "if (text.includes(',')) {" },
    example: { defect: 'two-headers' },
  },
  'jwt.wellformed': {
    title: 'One well-formed JWT',
    why: 'Whatever can be read in two ways is an opening. So the proof is one compact JWS, its segments canonical base64url, its header and payload JSON objects without repeated members.',
    attack: {
      says: 'Send a huge or malformed value, or a payload with two htu members of which each reader takes another.',
      lab: 18,
    },
    client: 'Let a JOSE library serialise it. Base64url has no padding, no plus and no slash.',
    server:
      'Limit the length before anything is decoded, and refuse what is not canonical instead of repairing it.',
    code: {
      file: 'packages/dpop/src/proof/proof-reading.ts',
      line: "return unreadable(text, fail('The proof is not a compact JWS.', details))",
    },
    example: { defect: 'not-a-jwt' },
  },
  'typ.dpop': {
    title: 'The type is dpop+jwt',
    why: 'A JWT made for another purpose must never pass for a proof. The type in the protected header says what it was made for.',
    attack: {
      says: 'Send an ID token, or another JWT that the victim signed, in the place of a proof.',
      lab: 10,
    },
    client: 'Set typ to dpop+jwt in the protected header. Some libraries put JWT there unless they are told.',
    server: 'Compare exactly, before anything else in the header is believed.',
    code: { file: table, line: "return header.typ === 'dpop+jwt' ? PASS : wrongType(header.typ)" },
    example: { defect: 'typ-jwt' },
  },
  'alg.allowed': {
    title: 'An asymmetric algorithm that the server accepts',
    why: 'A proof shows possession of a private key. With none there is no key, and with an HMAC the verifier would hold the same key as the client.',
    attack: { says: 'Use alg none, or HS256 with the public key as the secret.', lab: 8 },
    client:
      'Choose one of the algorithms that the server advertises: dpop_signing_alg_values_supported in its metadata, algs in its challenge.',
    server: 'Decide from a list of your own. Accept what you advertise and advertise what you accept.',
    code: { file: table, line: 'return isProofAlg(header.alg) && policy.algs.includes(header.alg)' },
    example: { defect: 'alg-none' },
  },
  'crit.none': {
    title: 'No critical extension',
    why: 'crit names header members that the reader must understand. Nobody here understands any, so a proof that asks for one is refused, as RFC 7515 wants.',
    attack: {
      says: 'Name an extension that changes the meaning of the payload, and hope that it is ignored.',
    },
    client: 'Leave crit and b64 out of the header.',
    server: 'Refuse any crit that you do not implement. Ignoring it is the one wrong answer.',
    code: { file: table, line: 'if (header.crit !== undefined)' },
    example: { defect: 'crit-unknown' },
  },
  'jwk.public': {
    title: 'A sound public key for this algorithm',
    why: 'The key comes from the sender. It is held to its type, curve and length before it is used, and a private member means that the key is a secret no longer.',
    attack: { says: 'Send the private key along, a weak RSA key, or a point off the curve.', lab: 9 },
    client:
      'Export the public half alone: kty with crv, x, y or n, e. Never serialise the private JWK into the header.',
    server:
      'Judge the members before you import the key, and build the thumbprint from the required members only.',
    code: {
      file: 'packages/dpop/src/proof/check-proof.ts',
      line: "judge: ({ key }) => key?.finding ?? skip('Which keys are right depends on an alg that is not one.'),",
    },
    example: { defect: 'jwk-private' },
  },
  'claims.required': {
    title: 'jti, htm, htu and iat are there',
    why: 'Without any one of them a proof is good for more than one request: for every method, every URL, for ever, or any number of times.',
    attack: { says: 'Leave a claim out and use the proof where it was not meant to go.' },
    client: 'Set all four in every proof: jti at random, htm and htu of this request, iat in whole seconds.',
    server: 'Check presence and type before the values. A number as text is not a time.',
    code: {
      file: 'packages/dpop/src/proof/required-claims.ts',
      line: "if (!isText(jti)) return wrong('jti', 'text that is not empty', jti)",
    },
    example: { defect: 'no-jti' },
  },
  'htm.match': {
    title: 'Made for this method',
    why: 'A proof for reading must not be good for writing.',
    attack: { says: 'Take the proof of a GET and send it with a DELETE.', lab: 4 },
    client:
      'Use the method as it goes over the wire, in capitals: GET. Make the proof after everything that may change the method.',
    server: 'Compare exactly; methods are case-sensitive.',
    code: { file: 'packages/dpop/src/proof/method-match.ts', line: 'if (htm === method) return PASS' },
    example: { defect: 'htm-other' },
  },
  'htu.match': {
    title: 'Made for this URL',
    why: 'A proof that was sent to one server must be of no use at another.',
    attack: { says: 'Lure the client to a server of your own, and use its proof at the real one.', lab: 4 },
    client: 'Use the absolute URL of the request without query and fragment.',
    server:
      'Compare with your configured public URL, both sides normalised. Behind a proxy your own view of the scheme and host is wrong.',
    code: { file: 'packages/dpop/src/proof/target-match.ts', line: 'if (claimed === target) {' },
    example: { defect: 'htu-other-host' },
  },
  'iat.window': {
    title: 'Made just now',
    why: 'The shorter a proof lives, the less a copy of it is worth, and the less a server has to remember.',
    attack: { says: 'Use an old proof from a log, or have proofs made ahead for later.', lab: 7 },
    client:
      'Make a proof for each attempt, right before it is sent. iat is in seconds. If your clock is wrong, learn the difference from the Date header of the server.',
    server:
      'Allow for a little difference of clocks in both directions, and no more. Where clocks are bad, a nonce does better than a wider window.',
    code: {
      file: 'packages/dpop/src/proof/time-window.ts',
      line: 'if (iatCounts && !(iat >= earliest && iat <= latest)) {',
    },
    example: { defect: 'iat-stale' },
  },
  'nonce.match': {
    title: 'Carries a nonce of this server',
    why: 'A nonce proves that the proof was made after the server gave it, whatever the clock of the client says. Nobody can make proofs in advance for it.',
    attack: { says: 'Borrow the key for a minute and make proofs for tomorrow.', lab: 15 },
    client:
      'Take the DPoP-Nonce from any answer, keep it per origin, and send the request once more with a new proof when use_dpop_nonce asks for it.',
    server:
      'Answer with use_dpop_nonce and a nonce; count it as a question and not as a failure. Send the next nonce with successes too.',
    code: {
      file: 'packages/dpop/src/nonce/nonce-match.ts',
      line: "return challenge('The proof needs a nonce.', { expected: 'a nonce of this server', received: 'nothing' })",
    },
    example: { defect: 'nonce-foreign' },
  },
  'sig.valid': {
    title: 'Signed by the key that it names',
    why: 'This is the proof of possession itself: only the holder of the private half can have made this signature over these claims.',
    attack: {
      says: 'Change a claim of a proof that was seen on the wire, or name a key that one does not have.',
    },
    client:
      'Sign the exact two segments that you send. An ECDSA signature is r and s side by side, 64 octets for ES256, not the DER that OpenSSL and Java make by default.',
    server:
      'Verify with the jwk of the header and the alg that you have checked, after everything that needs no cryptography.',
    code: {
      file: 'packages/dpop/src/proof/signature-valid.ts',
      line: 'if (octets !== undefined && signature.length !== octets) return wrongLength(signature, octets)',
    },
    example: { defect: 'sig-flipped' },
  },
  'ath.match': {
    title: 'Made for this access token',
    why: 'A proof that travels with a token is tied to that very token, so that it cannot be paired with another one of the same key.',
    attack: { says: 'Swap the token under a proof, for example for one with more scope.', lab: 5 },
    client:
      'ath is the SHA-256 of the access token as it is sent, in base64url without padding. Compute it again after each refresh.',
    server:
      'Hash the token from the Authorization header and compare. Without a token, at the token endpoint, there is nothing to compare.',
    code: { file: 'packages/dpop/src/proof/token-hash-match.ts', line: 'if (ath === expected) return PASS' },
    example: { defect: 'ath-other' },
  },
} as const satisfies Partial<CheckGuides>
