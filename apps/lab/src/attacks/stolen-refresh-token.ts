import type { Attack } from './attack.ts'

export const stolenRefreshToken: Attack = {
  number: 13,
  id: 'stolen-refresh-token',
  title: 'A stolen refresh token',
  story:
    'The thief has the refresh token of an app without a secret of its own: a page, or a phone. It would give new access tokens for weeks.',
  why: 'The refresh token of a public client is bound to the key that redeemed the code. The thief’s key is refused, and the victim is not even signed out.',
  defence: { name: 'Bind refresh tokens of public clients', off: { forgets: ['refresh key'] } },
  expected: { withNonce: ['refresh.jkt'], withoutNonce: ['refresh.jkt'] },
  withBearer: 'same',
  code: {
    file: 'packages/authorization-server/src/grants/refresh-token.ts',
    line: "throw refused('refresh.jkt')",
  },
  async run({ signIn, thief, tokenUrl: url }) {
    const { refreshToken } = await signIn()
    const form = { grant_type: 'refresh_token', client_id: 'victim-app', refresh_token: refreshToken }
    return [await thief.sendProved({ step: 'Refresh with another key', method: 'POST', url, form })]
  },
}
