import { requirement } from '@keybound/testkit'
import { expect } from 'vitest'
import { authorizationParameters, codeFor, exchange, getAuthorize, verifier } from '../../test/flow.ts'
import { refusal } from '../../test/refusal.ts'
import { send } from '../../test/requests.ts'
import { openServer } from '../../test/server.ts'
import { secretHash } from '../secret-hash.ts'

requirement(
  ['T-010', 'PKCE-05', 'BCP-02'],
  'there is no code without a challenge, and a stored code that lost its challenge takes no verifier',
  async () => {
    const opened = openServer()
    const without = { code_challenge: undefined, code_challenge_method: undefined }
    expect((await getAuthorize(opened, authorizationParameters('web', without))).next).toBe('answer')

    const known = await opened.server.grantStore.findCode(secretHash(await codeFor(opened)))
    if (!known) throw new Error('no code')
    const code = {
      ...known,
      hash: secretHash('code_downgraded'),
      request: { ...known.request, codeChallenge: '' },
    }
    await opened.server.grantStore.commit([{ do: 'insert code', code }])
    for (const code_verifier of [verifier, undefined]) {
      const form = exchange('playground', 'code_downgraded', { code_verifier })
      expect(await refusal(await send(opened, '/token', form))).toBe('400 invalid_grant pkce.match')
    }
  },
)
