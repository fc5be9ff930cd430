import { setTimeout as pause } from 'node:timers/promises'
import { secretHash } from '@keybound/authorization-server'
import { attempt } from '../attempt.ts'
import { type Heat, oneWinner } from '../heat.ts'
import type { Nonces } from '../nonces.ts'
import type { Answer, RacePlatform } from '../race-platform.ts'
import { assertionForm, verifier } from '../token-form.ts'

/** One request_uri of the client `web`, opened by one browser in several tabs at once: one of them gets a code. */
export async function requestUriHeat(platform: RacePlatform, _nonces: Nonces): Promise<Heat> {
  const requestUri = await pushed(platform)
  const query = new URLSearchParams({ client_id: 'web', request_uri: requestUri })
  return {
    isOk: ({ headers }) => codeOf(headers) !== undefined,
    request: async () => ({
      to: 'auth-server',
      method: 'GET',
      path: `/authorize?${query}`,
      headers: { cookie: platform.cookies },
    }),
    async judge(attempts) {
      const { winner, faults } = oneWinner(attempts)
      const found = [...faults]
      const record = await platform.stores.pushedRequests.find(secretHash(requestUri))
      const unseen = attempts.some(({ outcome }) => outcome === 'unknown')
      if (record?.spent && !winner && !unseen)
        found.push('the request_uri is spent, and everybody was denied')
      if (!winner?.answer) return found
      // It may be gone altogether: with a Redis that was restarted since.
      if (record && !record.spent) found.push('somebody won, and the request_uri is not spent')
      const code = codeOf(winner.answer.headers) ?? ''
      if (!(await platform.stores.grantStore.findCode(secretHash(code))))
        found.push('the code of the winner is not there')
      return found
    },
  }
}

/** Pushed to whichever replica answers. */
async function pushed(platform: RacePlatform): Promise<string> {
  let last: Answer | undefined
  for (let turn = 0; turn < 600; turn++) {
    const form = {
      ...(await assertionForm(platform, 'web')),
      response_type: 'code',
      redirect_uri: platform.redirectUris.web,
      scope: 'profile offline_access',
      code_challenge: secretHash(verifier),
      code_challenge_method: 'S256',
    }
    const request = { to: 'auth-server', method: 'POST', path: '/par', form } as const
    const { outcome, answer } = await attempt(
      platform,
      turn % platform.replicas,
      request,
      ({ status }) => status === 201,
    )
    if (outcome === 'ok' && answer) return JSON.parse(answer.text).request_uri
    last = answer
    await pause(100)
  }
  throw new Error(`Nothing can be pushed: ${last?.status} ${last?.text}`)
}

function codeOf(headers: Headers): string | undefined {
  const location = headers.get('location')
  return (location && new URL(location, 'http://x').searchParams.get('code')) || undefined
}
