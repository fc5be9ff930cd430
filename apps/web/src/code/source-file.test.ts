import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { sourceHref } from './source-file.ts'

const reading = readFileSync(fileURLToPath(new URL('../../../../READING.md', import.meta.url)), 'utf8')

it('has a page for every file of the reading list, but those of the examples', () => {
  const files = Array.from(
    reading.matchAll(/\]\(((?:apps|packages|bench|cluster|spec|prisma)\/[^)]+)\)/g),
    ([, file = '']) => file.replaceAll('\\', ''),
  )
  expect(files.length).toBeGreaterThan(500)
  expect(files.filter((file) => sourceHref(file) === undefined)).toEqual([])
})

it('leads to a line, in the one spelling of the path that is served', () => {
  expect(sourceHref('packages/dpop/src/checks.ts', 16)).toBe('/source/packages/dpop/src/checks.ts#L16')
  expect(sourceHref('apps/web/src/app/checks/[id]/page.tsx')).toBe(
    '/source/apps/web/src/app/checks/%5Bid%5D/page.tsx',
  )
})

it.each([
  '.env',
  'package.json',
  '.keybound/secrets.env',
  'packages/dpop/src/../../../.env.ts',
  'packages/dpop/src/..%2f..%2fx.ts',
  'packages/dpop/src/.hidden.ts',
  'packages/dpop/node_modules/x/index.ts',
  'prisma/generated/auth/client.ts',
  'apps/web/src/app/globals.css',
  '/etc/passwd.ts',
  'apps/web/src//x.ts',
])('shows no %s', (file) => {
  expect(sourceHref(file)).toBeUndefined()
})
