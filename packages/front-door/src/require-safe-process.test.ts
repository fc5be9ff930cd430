import { execFile } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const folder = fileURLToPath(new URL('.', import.meta.url))
const asRoot = process.getuid?.() === 0
const becomeNobody = asRoot ? 'process.setgid(65534); process.setuid(65534);' : ''

/** What a new process finds about itself, which becomes `user` once its modules are loaded. */
function verdict(user: string, args: readonly string[] = []): Promise<string> {
  const program = `import('./require-safe-process.ts')
    .then(({ requireSafeProcess }) => { ${user} requireSafeProcess() })
    .then(() => console.log('fit'), (error) => console.log(error.message))`
  return new Promise((done) => {
    execFile(
      process.execPath,
      [...args, '--import', 'tsx', '--eval', program],
      { cwd: folder },
      (_error, stdout) => done(stdout.trim()),
    )
  })
}

describe('the process of a hardened server', { timeout: 120_000 }, () => {
  test('is fit where a user without rights runs it (OPS-39)', async () => {
    expect(await verdict(becomeNobody)).toBe('fit')
  })

  test.skipIf(!asRoot)('does not run as root (OPS-39)', async () => {
    expect(await verdict('')).toContain('it runs as root: give it a user of its own')
  })

  test('lets no debugger attach (OPS-18, N-009)', async () => {
    const said = await verdict(becomeNobody, ['--inspect=127.0.0.1:0'])
    expect(said).toContain('a debugger may attach to it')
    expect(said).not.toContain('root')
  })
})
