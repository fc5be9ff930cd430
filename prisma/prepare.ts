// npm run prepare:data -w @keybound/prisma: makes the data directory ready. The apps must not be running on it.
import { resolve } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { prepare } from './src/prepare/prepare.ts'

const root = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '..' : '../..', import.meta.url))

try {
  await prepare({
    data: resolve(root, process.env.KEYBOUND_DATA || '.keybound'),
    env: process.env,
    report: (line) => console.log(line),
  })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
