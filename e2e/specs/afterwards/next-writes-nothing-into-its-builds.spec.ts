import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { platform } from '../../harness/platform.ts'
import { root } from '../../harness/start-scripts.ts'

/** What Next would write to. dist/ is left out: npm start may build it anew beside this run. */
const programs = ['resource-api', 'web'].map((app) => join(root, 'apps', app, '.next-test'))

function changedSince(start: number, path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return []
  if (!found.isDirectory()) return found.mtimeMs > start ? [path] : []
  return readdirSync(path).flatMap((name) => changedSince(start, join(path, name)))
}

test('after everything above Next has written nothing into its builds, which may be read-only (OPS-40)', () => {
  const started = statSync(join(platform().data, 'secrets.env')).birthtimeMs
  expect(programs.flatMap((path) => changedSince(started, path))).toEqual([])
})
