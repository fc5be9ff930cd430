import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CHECKS } from '@keybound/dpop/server'
import { PROOF_DEFECTS } from '@keybound/dpop/testing'
import { describe, expect, it } from 'vitest'
import { forgedExample } from './check-example.ts'
import type { CheckGuide } from './check-guide.ts'
import { checkGuides } from './check-guides.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))

describe.each(CHECKS)('the page of $id', ({ id }) => {
  const guide: CheckGuide = checkGuides[id]

  it('points at one line of the code', () => {
    const lines = readFileSync(join(root, guide.code.file), 'utf8').split('\n')
    expect(lines.filter((line) => line.includes(guide.code.line))).toHaveLength(1)
  })

  it('breaks the rule in its bad example and not in its good one', async () => {
    if (!('defect' in guide.example)) return expect(guide.example.bad).not.toBe(guide.example.good)
    expect(PROOF_DEFECTS[guide.example.defect]).toBe(id)
    const example = await forgedExample(id, guide.example.defect)
    expect(example.because).toMatch(/\.$/)
    expect(example.bad).not.toBe(example.good)
  })
})
