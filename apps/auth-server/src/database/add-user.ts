import type { Database } from '../dependencies.ts'
import type { User } from '../login/users.ts'
import { available } from './available.ts'

/** Throws Error where the username is taken. */
export async function addUser({ prisma }: Database, user: User): Promise<void> {
  const { username } = user
  if (await available(prisma.user.findUnique({ where: { username } }))) {
    throw new Error(`There is a user ${username} already`)
  }
  await available(prisma.user.create({ data: user }))
}
