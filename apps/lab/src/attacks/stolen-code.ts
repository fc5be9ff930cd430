import type { Attack } from './attack.ts'

export const stolenCode: Attack = {
  number: 12,
  id: 'stolen-code',
  title: 'A stolen code',
  story:
    'The thief reads the authorization code from a redirect and redeems it with a key of the thief’s own. First without the PKCE verifier, then with it: it stood in the same log.',
  why: 'PKCE stops the first try. The second is stopped by dpop_jkt: the code was bound to the victim’s key when the authorization was asked for.',
  defence: { name: 'Bind the code to a key (dpop_jkt)', off: { forgets: ['code key'] } },
  expected: { withNonce: ['pkce.match', 'code.jkt'], withoutNonce: ['pkce.match', 'code.jkt'] },
  withBearer: 'same',
  code: {
    file: 'packages/authorization-server/src/grants/authorization-code.ts',
    line: "throw refused('code.jkt')",
  },
  async run({ authorize, codeForm, thief, tokenUrl: url }) {
    const { code, verifier } = await authorize()
    const redeem = (step: string, guess: string) =>
      thief.sendProved({ step, method: 'POST', url, form: codeForm(code, guess) })
    return [
      await redeem('Redeem it with a guessed verifier', 'g'.repeat(43)),
      await redeem('Redeem it with the stolen verifier', verifier),
    ]
  },
}
