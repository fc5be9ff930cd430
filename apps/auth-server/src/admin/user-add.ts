// npm run user:add -- --username <name> --name <full name> --email <address> [--locale en] < password
// Prints the user; npm run profile:add takes that. The command at the root does both.
import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { hash } from '@node-rs/argon2'
import { z } from 'zod'
import { command, readInput } from './command.ts'

const shortestPassword = 12

await command(async (_, storage) => {
  const { values } = parseArgs({
    options: {
      username: { type: 'string' },
      name: { type: 'string' },
      email: { type: 'string' },
      locale: { type: 'string', default: 'en' },
    },
  })
  const { username, name, email, locale } = values
  if (!username || !name || !email) throw new Error('Give --username, --name and --email')
  if (username.length > 128 || name.length > 100)
    throw new Error('The username has up to 128 characters, the name 100')
  if (!z.email().safeParse(email).success) throw new Error(`${email} is no e-mail address`)
  if (!isLanguageTag(locale)) throw new Error(`${locale} is no language tag such as en or de-CH`)
  const password = (await readInput()).normalize('NFC')
  if (password.length < shortestPassword || password.length > 1024) {
    throw new Error(`The password, on standard input, has ${shortestPassword} to 1024 characters`)
  }
  const user = {
    subject: randomUUID(),
    username: username.normalize('NFC'),
    passwordHash: await hash(password),
    name,
    email,
    locale,
    updatedAt: Math.floor(Date.now() / 1000),
  }
  await storage.addUser(user)
  return JSON.stringify({ sub: user.subject, username: user.username, name, email, locale }, null, 2)
})

function isLanguageTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1
  } catch {
    return false
  }
}
