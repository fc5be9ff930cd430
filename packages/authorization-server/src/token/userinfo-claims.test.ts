import { expect, test } from 'vitest'
import { alice, bob, openServer } from '../../test/server.ts'
import { userinfoClaims } from './userinfo-claims.ts'

test('userinfo gives what the scope covers', async () => {
  const { server } = openServer()
  const of = (scope: string[]) => userinfoClaims(server, { subject: alice, scope })
  expect(await of(['openid'])).toEqual({ sub: alice })
  expect(await of(['openid', 'profile'])).toEqual({ sub: alice, name: 'Alice', locale: 'en' })
  expect(await of(['openid', 'email'])).toEqual({ sub: alice, email: 'alice@example.com' })
  expect(await userinfoClaims(server, { subject: bob, scope: ['openid'] })).toBeUndefined()
})
