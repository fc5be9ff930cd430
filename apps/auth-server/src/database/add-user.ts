import type { Database } from '../dependencies.ts'
import type { User } from '../login/users.ts'

/** One write, so that of two at once one is told. Throws Error where the username is taken. */
export async function addUser({ prisma }: Database, user: User): Promise<void> {
  try {
    await prisma.user.create({ data: user })
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== 'P2002') throw cause
    throw new Error(`There is a user ${user.username} already`, { cause })
  }
}
