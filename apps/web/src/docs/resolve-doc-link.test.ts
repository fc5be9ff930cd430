import { describe, expect, it } from 'vitest'
import { resolveDocLink } from './resolve-doc-link.ts'

describe('a link of a document', () => {
  it.each([
    ['docs/operations.md', 'README.md', '/docs/operations'],
    ['../operations.md#nginx', 'docs/decisions/001-no-rs256.md', '/docs/operations#nginx'],
    ['README.md', 'docs/decisions/001-no-rs256.md', '/docs/decisions'],
    ['docs/decisions', 'CONTRIBUTING.md', '/docs/decisions'],
    ['READING.md', 'README.md', '/docs/reading'],
    ['../../README.md', 'packages/dpop/README.md', '/docs/readme'],
    ['docs/flow.svg', 'README.md', '/docs-pictures/flow.svg'],
    ['#signing-keys', 'docs/operations.md', '#signing-keys'],
    ['https://www.rfc-editor.org/rfc/rfc9449', 'README.md', 'https://www.rfc-editor.org/rfc/rfc9449'],
    ['packages/dpop/src/checks.ts', 'READING.md', '/source/packages/dpop/src/checks.ts'],
    ['scripts/start.mjs', 'README.md', undefined],
    ['../interop/spring/README.md', 'docs/spring.md', undefined],
    ['javascript:alert(1)', 'README.md', undefined],
  ])('%s in %s leads to %s', (href, file, expected) => {
    expect(resolveDocLink(href, file)).toBe(expected)
  })
})
