import { createServer } from 'node:http'
import { signInAndAllow } from '@keybound/e2e/harness/form-session'
import { platform } from '@keybound/e2e/harness/platform'
import { expect } from '@playwright/test'
import express from 'express'
import { auth, UnauthorizedError } from 'express-oauth2-jwt-bearer'
import { compareVerdicts } from '../harness/compare-verdicts.ts'
import { obtainWithOurClient } from '../harness/our-client.ts'
import { exercised, finding, row, test } from '../harness/row.ts'
import { listen } from '../harness/tap.ts'
import { tryResourceServer } from '../harness/try-resource-server.ts'
import { versionOf } from '../harness/version-of.ts'

test(
  'express-oauth2-jwt-bearer accepts our tokens and proofs',
  row({
    product: 'express-oauth2-jwt-bearer',
    version: versionOf('express-oauth2-jwt-bearer'),
    role: 'resource server',
  }),
  async () => {
    const { issuer, profileUrl, password } = platform()
    const protect = auth({
      issuerBaseURL: issuer,
      audience: profileUrl,
      tokenSigningAlg: 'ES256',
      dpop: { enabled: true, required: true },
    })
    const server = createServer(express().get('/profile', protect, readProfile, refuse))
    const url = `http://127.0.0.1:${await listen(server)}/profile`
    const redirectUri = 'http://127.0.0.1:49157/callback'
    const ours = await obtainWithOurClient({ issuer, clientId: 'cli', redirectUri, scope: 'profile' }, (at) =>
      signInAndAllow(at, password),
    )
    const { 'replay refused': replay, ...answers } = await tryResourceServer({ url, ...ours })
    expect(answers).toEqual({
      'our token and proof accepted': '200',
      'Bearer refused': '400',
      'wrong key refused': '401 invalid_token',
      'other method refused': '400 invalid_dpop_proof',
      'other URL refused': '400 invalid_dpop_proof',
      'old proof refused': '400 invalid_dpop_proof',
      'proof for another token refused': '400 invalid_dpop_proof',
    })
    for (const name of Object.keys(answers)) exercised(name)
    finding('A bad proof is answered with 400; RFC 9449 §7.1 has it 401, as ours is.')

    expect(replay).toBe('200')
    expect(await compareVerdicts({ url, ...ours })).toEqual({
      accepts: ['htm-lower', 'jti-replayed', 'jti-huge'],
      refuses: [],
    })
    exercised('every forged proof')
    finding(
      'It does not remember proofs: a replay is answered with 200 for as long as the proof is young enough (RFC 9449 §11.1 leaves that to the server). Of the other proofs that our forge makes wrong it accepts `htm` in lower case and a `jti` of any length.',
    )
    server.close()
  },
)

function readProfile(request: express.Request, response: express.Response): void {
  response.json({ sub: request.auth?.payload.sub })
}

/** As the package has prepared it; Express would write a stack into the answer. */
function refuse(
  fault: unknown,
  _: express.Request,
  response: express.Response,
  next: express.NextFunction,
): void {
  if (fault instanceof UnauthorizedError) response.status(fault.status).set(fault.headers).end()
  else next(fault)
}
