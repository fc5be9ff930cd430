import { requirement } from '@keybound/testkit'
import { hash } from '@node-rs/argon2'
import { expect, test } from 'vitest'
import { checkPassword } from './check-password.ts'
import type { User, Users } from './users.ts'

const password = `${'a'.repeat(72)}-pässword`

async function usersWith(secret: string): Promise<Users> {
  const alice: User = {
    subject: '1',
    username: 'alice',
    passwordHash: await hash(secret),
    name: 'Alice',
    email: 'alice@example.com',
    locale: 'en',
    updatedAt: 0,
  }
  return {
    find: async (subject) => (subject === '1' ? alice : undefined),
    findByUsername: async (username) => (username === 'alice' ? alice : undefined),
  }
}

test('finds the user whose name and password these are', async () => {
  const users = await usersWith(password)
  expect(await checkPassword(users, 'alice', password)).toMatchObject({ subject: '1' })
  expect(await checkPassword(users, 'alice', 'wrong')).toBeUndefined()
  expect(await checkPassword(users, 'mallory', password)).toBeUndefined()
})

requirement(
  'U-011',
  'passwords that share 72 bytes differ, and both Unicode forms are one password',
  async () => {
    const users = await usersWith(password)
    expect(await checkPassword(users, 'alice', `${'a'.repeat(72)}-other`)).toBeUndefined()
    expect(await checkPassword(users, 'alice', password.normalize('NFD'))).toMatchObject({ subject: '1' })
  },
)

requirement('U-011', 'a password of a megabyte is refused like any other wrong one', async () => {
  const users = await usersWith(password)
  expect(await checkPassword(users, 'alice', 'x'.repeat(1_000_000))).toBeUndefined()
})

requirement('U-008', 'an unknown user costs as much work as a known one', async () => {
  const users = await usersWith(password)
  const time = async (username: string) => {
    const started = performance.now()
    for (let i = 0; i < 5; i++) await checkPassword(users, username, 'wrong')
    return performance.now() - started
  }
  await time('alice')
  const ratio = (await time('mallory')) / (await time('alice'))
  // A hash that was skipped would be a hundred times faster; the clock of a busy machine is not that wrong.
  expect(ratio).toBeGreaterThan(0.1)
})
