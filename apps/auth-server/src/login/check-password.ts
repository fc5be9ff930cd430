import { verify } from '@node-rs/argon2'
import type { User, Users } from './users.ts'

/** 19 MiB, two passes, one lane: the cost of every hash in the table, so that an unknown user takes as long as a known one. It is of no password. */
const nobody =
  '$argon2id$v=19$m=19456,t=2,p=1$Ry2a6QPjpVLyqTwuQkMRxA$0123456789abcdefghijklmnopqrstuvwxyzABCDEFE'

const limits = { username: 128, password: 1024 }

/**
 * The user whose name and password these are, otherwise undefined, after the same work whether the name or the password was wrong.
 * The whole password counts, in Unicode's composed form, so that keyboards that send it decomposed work too.
 *
 * Does not check: how often this was tried; see LoginBackoff.
 */
export async function checkPassword(
  users: Users,
  username: string,
  password: string,
): Promise<User | undefined> {
  const acceptable = username.length <= limits.username && password.length <= limits.password
  const user = acceptable ? await users.findByUsername(username.normalize('NFC')) : undefined
  const matches = await verify(user?.passwordHash ?? nobody, acceptable ? password.normalize('NFC') : '')
  return user && matches ? user : undefined
}
