import { accessTokenHash, type CheckId, type Signer } from '@keybound/dpop'
import { forgeProof, type ProofDefect } from '@keybound/dpop/testing'
import { testKeys } from '@keybound/testkit'
import { base64url } from 'jose'

/** What a good proof would be made of. */
export interface Good {
  readonly signer: Signer
  readonly url: string
  readonly accessToken: string
  readonly nonce: string | undefined
  readonly now: number
}

/** A row of security.md: what is sent in the DPoP header, and the check that has to refuse it. */
export interface ProofRow {
  readonly title: string
  readonly expected: CheckId | 'accepted' | readonly CheckId[]
  readonly make: (good: Good) => Promise<string | readonly string[]>
}

type Members = Readonly<Record<string, unknown>>

const forge = (good: Good, parts: { header?: Members; claims?: Members; defect?: ProofDefect }) =>
  forgeProof(good.signer, { method: 'GET', ...good, ...parts })

const row = (title: string, expected: ProofRow['expected'], make: ProofRow['make']): ProofRow => ({
  title,
  expected,
  make,
})

const claims = (
  title: string,
  expected: ProofRow['expected'],
  change: (good: Good) => Members | Promise<Members>,
) => row(title, expected, async (good) => forge(good, { claims: await change(good) }))

const header = (title: string, expected: ProofRow['expected'], change: (good: Good) => Members) =>
  row(title, expected, (good) => forge(good, { header: change(good) }))

const text = (title: string, expected: ProofRow['expected'], change: (proof: string) => string) =>
  row(title, expected, async (good) => change(String(await forge(good, {}))))

/** With the payload or header replaced by this text, the signature left as it is. */
const segment = (title: string, at: 0 | 1, content: string | Uint8Array) =>
  text(title, 'jwt.wellformed', (proof) => {
    const segments = proof.split('.')
    segments[at] = base64url.encode(content)
    return segments.join('.')
  })

const each = <T>(values: readonly T[], make: (value: T) => ProofRow) => values.map(make)

/** The shape of the header and the text. */
export const textRows: readonly ProofRow[] = [
  row('an empty value (P-002)', 'header.single', async () => ''),
  row(
    'two different proofs joined with a comma (P-004)',
    'header.single',
    async (good) => `${await forge(good, {})}, ${await forge(good, {})}`,
  ),
  row('a space inside (P-007)', 'jwt.wellformed', async (good) =>
    String(await forge(good, {})).replace('.', ' .'),
  ),
  row('a tab inside (P-007)', 'jwt.wellformed', async (good) =>
    String(await forge(good, {})).replace('.', '\t.'),
  ),
  text('the signature cut off (P-009)', 'jwt.wellformed', (proof) => proof.split('.').slice(0, 2).join('.')),
  text('four segments (P-010)', 'jwt.wellformed', (proof) => `${proof}.AAAA`),
  text('five segments (P-010)', 'jwt.wellformed', (proof) => `${proof}.AAAA.AAAA`),
  text('8 KB of dots (P-011)', 'jwt.wellformed', () => '.'.repeat(8192)),
  claims('more than 4 KB (P-012)', 'jwt.wellformed', () => ({ padding: 'x'.repeat(4096) })),
  text('padding (P-013)', 'jwt.wellformed', (proof) => `${proof}=`),
  text('another base64 alphabet (P-013)', 'jwt.wellformed', (proof) => `${proof.slice(0, -2)}+/`),
  ...each(['[]', '"x"', '1', 'null', '', '{}x'], (content) =>
    segment(`a header of ${content || 'nothing'} (P-015)`, 0, content),
  ),
  ...each(['[]', 'null', 'x', ''], (content) =>
    segment(`a payload of ${content || 'nothing'} (P-051)`, 1, content),
  ),
  segment('a byte order mark (P-052)', 1, '\ufeff{}'),
  segment('invalid UTF-8 (P-052)', 1, new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])),
  segment('1,000 levels of JSON (P-097)', 1, `{"a":${'['.repeat(1000)}${']'.repeat(1000)}}`),
  segment('a member twice', 1, '{"jti":"a","jti":"b"}'),
]

/** The JOSE header and the key. */
export const headerRows: readonly ProofRow[] = [
  header('no typ (P-018)', 'typ.dpop', () => ({ typ: undefined })),
  ...each(['at+jwt', 'dpop+jwtx', 'DPoP+JWT', 'application/dpop+jwt'], (typ) =>
    header(`typ ${typ} (P-019, P-020)`, 'typ.dpop', () => ({ typ })),
  ),
  header('no alg (P-021)', 'alg.allowed', () => ({ alg: undefined })),
  ...each(['none', 'None', 'nOnE'], (alg) => header(`alg ${alg} (P-022)`, 'alg.allowed', () => ({ alg }))),
  header('HS256 with a symmetric jwk (P-023)', 'alg.allowed', () => ({
    alg: 'HS256',
    jwk: { kty: 'oct', k: 'c2VjcmV0' },
  })),
  row('HS256 over the public key (P-024)', 'alg.allowed', (good) => forge(good, { defect: 'alg-hs256' })),
  row('RS256 (P-025)', 'alg.allowed', (good) => forge(good, { defect: 'alg-unadvertised' })),
  header('ES256 with a P-384 key (P-026)', 'jwk.public', () => ({ jwk: testKeys.ES384.publicJwk })),
  header('ES384 with a P-256 key (P-026)', 'alg.allowed', () => ({ alg: 'ES384' })),
  header('Ed25519 with X25519 (P-034)', 'jwk.public', () => ({
    alg: 'Ed25519',
    jwk: { ...testKeys.Ed25519.publicJwk, crv: 'X25519' },
  })),
  ...each(
    [
      ['1024 bits', 128, 0xff, 'AQAB', 'P-031'],
      ['2047 bits', 256, 0x7f, 'AQAB', 'P-031'],
      ['exponent 1', 256, 0xff, 'AQ', 'P-033'],
      ['exponent 0', 256, 0xff, 'AA', 'P-033'],
      ['an even exponent', 256, 0xff, 'AQAA', 'P-033'],
    ] as const,
    ([title, length, first, e, id]) =>
      header(`RSA with ${title} (${id})`, 'jwk.public', () => ({
        alg: 'PS256',
        jwk: { kty: 'RSA', n: base64url.encode(new Uint8Array(length).fill(255).fill(first, 0, 1)), e },
      })),
  ),
  header('the private member (P-037)', 'jwk.public', ({ signer }) => ({
    jwk: { ...signer.publicJwk, d: 'AAAA' },
  })),
  header('a symmetric member (P-039)', 'jwk.public', ({ signer }) => ({
    jwk: { ...signer.publicJwk, k: 'AAAA' },
  })),
  ...each(['ec', 'XX', undefined], (kty) =>
    header(`kty ${kty} (P-040)`, 'jwk.public', ({ signer }) => ({ jwk: { ...signer.publicJwk, kty } })),
  ),
  ...each(['jwk', [], null, 1], (jwk) =>
    header(`jwk ${JSON.stringify(jwk)} (P-036, P-041)`, 'jwk.public', () => ({ jwk })),
  ),
  row('a kid alone (P-043)', 'jwk.public', (good) => forge(good, { defect: 'jwk-kid-only' })),
  ...each(['../../etc/passwd', "'; DROP TABLE ledger; --", 'a\r\nb', 'k'.repeat(1500)], (kid) =>
    header(`kid ${JSON.stringify(kid.slice(0, 20))} is ignored (P-045)`, 'accepted', () => ({ kid })),
  ),
  ...each([['foo'], [], 'exp'], (crit) =>
    header(`crit ${JSON.stringify(crit)} (P-046)`, 'crit.none', () => ({ crit })),
  ),
  header('zip is ignored (P-048)', 'accepted', () => ({ zip: 'DEF' })),
  header('unknown members are ignored (P-095)', 'accepted', () => ({
    x5u: 'https://evil.example',
    jku: 'https://evil.example',
  })),
  ...each<Members>(
    [{ kid: 'k' }, { use: 'sig' }, { alg: 'ES256' }, { x5t: 'AAAA' }, { key_ops: ['verify'] }],
    (more) =>
      header(`jwk with ${JSON.stringify(more)} (S-036, T-046)`, 'accepted', ({ signer }) => ({
        jwk: { ...signer.publicJwk, ...more },
      })),
  ),
  ...each<Members>([{ use: 'enc' }, { alg: 'ES384' }, { key_ops: ['sign'] }], (more) =>
    header(`jwk with ${JSON.stringify(more)} (S-036)`, 'jwk.public', ({ signer }) => ({
      jwk: { ...signer.publicJwk, ...more },
    })),
  ),
]

/** The signature. */
export const signatureRows: readonly ProofRow[] = [
  ...each(
    [
      new Uint8Array(64),
      new Uint8Array(64).fill(255),
      new Uint8Array(63),
      new Uint8Array(65),
      new Uint8Array(0),
    ],
    (bytes) =>
      text(
        `${bytes.length} bytes of ${bytes[0] ?? 'nothing'} (P-028, P-029)`,
        ['sig.valid', 'jwt.wellformed'],
        (proof) => [...proof.split('.').slice(0, 2), base64url.encode(bytes)].join('.'),
      ),
  ),
  row('in DER (P-029)', 'sig.valid', (good) => forge(good, { defect: 'sig-der' })),
  row('one bit flipped (P-049)', 'sig.valid', (good) => forge(good, { defect: 'sig-flipped' })),
  row('by another key (P-050)', 'sig.valid', (good) => forge(good, { defect: 'sig-other-key' })),
  row('over another payload (P-049)', 'sig.valid', async (good) => {
    const [one = '', , signature = ''] = String(await forge(good, {})).split('.')
    const [, payload = ''] = String(await forge(good, {})).split('.')
    return `${one}.${payload}.${signature}`
  }),
]

/** The claims. */
export const claimRows: readonly ProofRow[] = [
  ...each<unknown>([undefined, '', 1, true, ['x'], { not: 'x' }, { contains: '' }, 'x'.repeat(129)], (jti) =>
    claims(`jti ${JSON.stringify(jti)?.slice(0, 20)} (P-053, P-054, P-055)`, 'claims.required', () => ({
      jti,
    })),
  ),
  ...each<unknown>([undefined, 1], (htm) => claims(`htm ${htm} (P-058)`, 'claims.required', () => ({ htm }))),
  ...each(['get', 'POST', '*', 'GET '], (htm) => claims(`htm ${htm} (P-058)`, 'htm.match', () => ({ htm }))),
  ...each<unknown>([undefined, 1], (htu) => claims(`htu ${htu} (P-061)`, 'claims.required', () => ({ htu }))),
  ...each(
    [
      ['', 'P-061'],
      ['not a url', 'P-061'],
      ['/api/profile', 'P-061'],
      ['https://other.example/api/profile', 'P-062'],
      ['https://api.example:444/api/profile', 'P-062'],
      ['http://api.example/api/profile', 'P-062'],
      ['https://api.example/api/profile2', 'P-063'],
      ['https://api.example/api/prof', 'P-063'],
      ['https://api.example/API/profile', 'P-063'],
      ['https://api.example/api/profile/', 'P-063'],
      ['https://user@api.example/api/profile', 'P-066'],
      ['https://api.example./api/profile', 'P-068'],
      ['https://api.\u0435xample/api/profile', 'P-068'],
      ['https://api.example\\api\\profile', 'P-068'],
      ['https://api.example/api%2Fprofile', 'P-071'],
      ['https://api.example/x/../api/profile2', 'P-069'],
    ] as const,
    ([htu, id]) => claims(`htu ${htu} (${id})`, ['htu.match', 'claims.required'], () => ({ htu })),
  ),
  ...each(
    [
      ['https://api.example/api/profile?x=1#y', 'P-064'],
      ['HTTPS://API.EXAMPLE:443/api/profile', 'P-065'],
      ['https://api.example:/api/profile', 'P-065'],
      ['https://api.example/api/%70rofile', 'P-065'],
      ['https://api.example/x/../api/./profile', 'P-069'],
    ] as const,
    ([htu, id]) => claims(`htu ${htu} (${id})`, 'accepted', () => ({ htu })),
  ),
  ...each<unknown>([undefined, 'now', true, null, {}], (iat) =>
    claims(`iat ${JSON.stringify(iat)} (P-073)`, 'claims.required', () => ({ iat })),
  ),
  ...each([-1, 0, 2 ** 53 + 1], (iat) =>
    claims(`iat ${iat} (P-073, P-074)`, ['iat.window', 'claims.required'], () => ({ iat })),
  ),
  claims('iat with a fraction (P-073)', 'accepted', ({ now }) => ({ iat: now + 0.25 })),
  claims('iat 10 s ago (P-075)', 'accepted', ({ now }) => ({ iat: now - 10 })),
  claims('iat 20 s ago', 'accepted', ({ now }) => ({ iat: now - 20 })),
  claims('iat 21 s ago', 'iat.window', ({ now }) => ({ iat: now - 21 })),
  claims('iat 8 s ahead (P-076)', 'accepted', ({ now }) => ({ iat: now + 8 })),
  claims('iat 11 s ahead', 'iat.window', ({ now }) => ({ iat: now + 11 })),
  claims('iat an hour ago (P-077)', 'iat.window', ({ now }) => ({ iat: now - 3600 })),
  claims('iat an hour ahead (P-077)', 'iat.window', ({ now }) => ({ iat: now + 3600 })),
  claims('iat in milliseconds (P-079)', 'iat.window', ({ now }) => ({ iat: now * 1000 })),
  claims('exp passed (P-080)', 'iat.window', ({ now }) => ({ exp: now - 60 })),
  claims('nbf a minute ahead (P-080)', 'iat.window', ({ now }) => ({ nbf: now + 60 })),
  claims('good nbf and exp (P-080)', 'accepted', ({ now }) => ({ nbf: now, exp: now + 300 })),
  ...each<unknown>([1, {}, 'n'.repeat(5000)], (nonce) =>
    claims(
      `nonce ${JSON.stringify(nonce).slice(0, 12)} (P-085)`,
      ['claims.required', 'jwt.wellformed'],
      () => ({ nonce }),
    ),
  ),
  ...each<unknown>([1, null], (ath) => claims(`ath ${ath}`, 'claims.required', () => ({ ath }))),
  claims('no ath (P-088)', 'ath.match', () => ({ ath: undefined })),
  claims('ath of another token (P-089)', 'ath.match', async () => ({
    ath: await accessTokenHash('another'),
  })),
  claims('ath of scheme and token (P-089)', 'ath.match', async ({ accessToken }) => ({
    ath: await accessTokenHash(`DPoP ${accessToken}`),
  })),
  claims('ath padded (P-089)', 'ath.match', async ({ accessToken }) => ({
    ath: `${await accessTokenHash(accessToken)}=`,
  })),
  row('ath in hex (P-089)', 'ath.match', (good) => forge(good, { defect: 'ath-hex' })),
  claims('more claims (P-095)', 'accepted', () => ({
    sub: 'nobody',
    aud: ['x'],
    'https://client.example/x': {},
  })),
]

/** Where nonces are asked for. */
export const nonceRows: readonly ProofRow[] = [
  claims('none (P-081)', 'nonce.match', () => ({ nonce: undefined })),
  claims('an empty one', ['nonce.match', 'claims.required'], () => ({ nonce: '' })),
  claims('a random one (P-082)', 'nonce.match', () => ({ nonce: crypto.randomUUID() })),
  claims('one character changed (P-082)', 'nonce.match', ({ nonce = '' }) => ({
    nonce: nonce.slice(0, -1) + (nonce.endsWith('A') ? 'B' : 'A'),
  })),
  claims('half of its MAC (P-087)', 'nonce.match', ({ nonce = '' }) => ({ nonce: nonce.slice(0, -21) })),
  claims('the MAC of another time (P-087)', 'nonce.match', ({ nonce = '' }) => ({
    nonce: nonce.replace(/^[^.]+/, 'zzz'),
  })),
]
