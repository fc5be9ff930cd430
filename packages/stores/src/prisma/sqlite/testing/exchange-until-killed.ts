// exchange-until-killed <file>: redeems codes, sixteen at a time, and prints each exchange when it was acknowledged.
import process from 'node:process'
import { openSqlite } from '../open-sqlite.ts'
import { sqliteStores } from '../sqlite-stores.ts'

const [file] = process.argv.slice(2)
const { grantStore } = sqliteStores(await openSqlite({ url: `file:${file}` }))
const now = 1_800_000_000
const request = {
  clientId: 'c',
  redirectUri: 'r',
  responseMode: 'query',
  scope: [],
  resources: [],
  codeChallenge: 'x',
  prompt: [],
} as const

async function exchange(id: string): Promise<void> {
  const code = { hash: `code-${id}`, request, subject: 's', authTime: now, expiresAt: now + 60 }
  const grant = { id: `grant-${id}`, clientId: 'c', subject: 's', scope: [], resources: [], authTime: now }
  await grantStore.commit([{ do: 'insert code', code }])
  await grantStore.commit([
    { do: 'remember', key: `proof-${id}`, expiresAt: now + 20, now },
    { do: 'consume code', hash: code.hash, grantId: grant.id, at: now },
    { do: 'insert grant', grant: { ...grant, createdAt: now, expiresAt: now + 86_400 } },
    {
      do: 'insert refresh token',
      token: { hash: `token-${id}`, grantId: grant.id, scope: [], issuedAt: now, expiresAt: now + 86_400 },
    },
  ])
  process.stdout.write(`${id}\n`)
}

async function forever(caller: number): Promise<void> {
  for (let i = 0; ; i++) await exchange(`${caller}-${i}`)
}

await Promise.all(Array.from({ length: 16 }, (_, caller) => forever(caller)))
