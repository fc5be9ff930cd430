import { expect } from '@playwright/test'
import { decodeJwt } from 'jose'
import { atproto } from '../clients/atproto.ts'
import { dpopPackage } from '../clients/dpop-package.ts'
import { joseTextbook } from '../clients/jose-textbook.ts'
import { expectPlainClientToWork } from '../harness/plain-client.ts'
import { finding, row, test } from '../harness/row.ts'
import { versionOf } from '../harness/version-of.ts'

const role = 'client'

test(
  'the package dpop with fetch gets a bound token, reads the profile and refreshes',
  row({
    product: 'dpop and fetch',
    version: versionOf('dpop'),
    role,
  }),
  async ({ wire }) => {
    await expectPlainClientToWork(await dpopPackage(), wire)
  },
)

test(
  'jose alone, as the textbook shows it, gets a bound token, reads the profile and refreshes',
  row({
    product: 'jose, as the textbook shows it',
    version: versionOf('jose'),
    role,
  }),
  async ({ wire }) => {
    await expectPlainClientToWork(await joseTextbook(), wire)
  },
)

test(
  "Bluesky's fetch gets a bound token, reads the profile and refreshes",
  row({
    product: '@atproto/oauth-client, its DPoP fetch',
    version: versionOf('@atproto/oauth-client'),
    role,
  }),
  async ({ wire }) => {
    await expectPlainClientToWork(await atproto(), wire)
    const toAuthServer = (await wire.exchanges()).filter(({ server }) => server === 'auth-server')
    const proofs = toAuthServer.flatMap(({ requestHeaders }) => requestHeaders.dpop ?? [])
    const longest = Math.max(...proofs.map((proof) => decodeJwt(proof).jti?.length ?? 0))
    expect(longest).toBeLessThan(16)
    finding(
      'The `jti` of its proofs comes from `Math.random` and is shorter than 16 characters; RFC 9449 §4.2 recommends 96 random bits. We accept it: per key and for 20 seconds it is unlikely to collide.',
    )
  },
)
