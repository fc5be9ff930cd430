import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { generateApiDocs } from './generate-api-docs.ts'

const kept = fileURLToPath(new URL('../../../../docs/api', import.meta.url))

test('docs/api is what the docstrings say, and everything exported has one: else run npm run api-docs', async () => {
  const fresh = await mkdtemp(join(tmpdir(), 'keybound-api-docs-'))
  try {
    await generateApiDocs(fresh)
    expect(await pages(kept)).toEqual(await pages(fresh))
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}, 120_000)

async function pages(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.md')).sort()
  const texts = names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')])
  return Object.fromEntries(await Promise.all(texts))
}
