import type { Database } from '../dependencies.ts'
import type { Users } from '../login/users.ts'
import { available } from './available.ts'

export function usersIn({ prisma: { user: users } }: Database): Users {
  return {
    async find(subject) {
      return (await available(users.findUnique({ where: { subject } }))) ?? undefined
    },
    async findByUsername(username) {
      return (await available(users.findUnique({ where: { username } }))) ?? undefined
    },
  }
}
