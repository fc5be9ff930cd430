import type { Attack } from './attack.ts'

export const scriptInPage: Attack = {
  number: 19,
  id: 'script-in-page',
  title: 'A script in the page uses the key in place',
  story:
    'Through a hole in the victim’s page the thief runs a script there. The key cannot be taken out of WebCrypto, but the script can have it sign, as the page itself does.',
  why: 'It works, and no check can tell: the request is made by the victim’s browser with the victim’s key. DPoP stops what is carried away, not what is done on the spot. Keep scripts out (CSP), keep tokens short-lived, or keep the key on a server.',
  expected: { withNonce: 'succeeds', withoutNonce: 'succeeds' },
  withBearer: 'same',
  code: {
    file: 'packages/dpop/src/fetch/dpop-fetch.ts',
    line: 'const proof = await createProof(key, { method, url, accessToken, nonce, now })',
  },
  async run({ signIn, victim, profileUrl: url }) {
    const { accessToken } = await signIn()
    return [
      await victim.sendProved({ step: 'The thief’s script asks with the page’s key', url, accessToken }),
    ]
  },
}
