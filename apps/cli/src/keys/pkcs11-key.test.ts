import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { provesWith } from '../testing/proves-with.ts'
import { pkcs11Key } from './pkcs11-key.ts'

const libraries = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/local/lib/softhsm/libsofthsm2.so',
]
const module = libraries.find((path) => existsSync(path)) ?? ''
const missing = missingProgram()
if (missing)
  console.warn(`Skipped: a key in a PKCS#11 token. ${missing} is missing (apt-get install softhsm2 opensc).`)

describe.skipIf(missing)('a key in a PKCS#11 token (SoftHSM)', () => {
  const home = mkdtempSync(join(tmpdir(), 'keybound-hsm-'))
  const env: NodeJS.ProcessEnv & { SOFTHSM2_CONF: string } = {
    ...process.env,
    SOFTHSM2_CONF: join(home, 'softhsm2.conf'),
  }
  const token = { module, label: 'keybound', pin: '987654', env }

  beforeAll(() => {
    mkdirSync(join(home, 'tokens'))
    writeFileSync(env.SOFTHSM2_CONF, `directories.tokendir = ${join(home, 'tokens')}\nlog.level = ERROR\n`)
    const words = ['--init-token', '--free', '--label', token.label, '--so-pin', '123456', '--pin', token.pin]
    execFileSync('softhsm2-util', words, { stdio: 'ignore', env })
  })

  test('is made once, signs inside the token, and makes proofs that a server accepts', async () => {
    const made = await pkcs11Key(token)
    const again = await pkcs11Key(token)
    expect(again.signer.jkt).toBe(made.signer.jkt)
    expect(await provesWith(again.signer)).toBe('accepted')
  })

  test('was never outside the token and cannot come out', async () => {
    const { staysThere } = await pkcs11Key(token)
    expect(staysThere).toBe('sensitive, always sensitive, never extractable, local')
  })

  test('says in the tool’s words what is wrong with the PIN or the token', async () => {
    await expect(pkcs11Key({ ...token, pin: '000000' })).rejects.toThrow(/PIN/i)
    await expect(pkcs11Key({ ...token, label: 'nobody' })).rejects.toThrow(/token|slot/i)
  })

  test('keeps the PIN out of the arguments, which everyone on the machine can read', async () => {
    const real = execFileSync('which', ['pkcs11-tool'], { encoding: 'utf8' }).trim()
    const seen = join(home, 'arguments')
    writeFileSync(join(home, 'pkcs11-tool'), `#!/bin/sh\necho "$@" >> '${seen}'\nexec '${real}' "$@"\n`, {
      mode: 0o755,
    })
    const key = await pkcs11Key({ ...token, env: { ...env, PATH: `${home}:${env.PATH}` } })
    expect(await provesWith(key.signer)).toBe('accepted')
    expect(readFileSync(seen, 'utf8')).toContain('--sign')
    expect(readFileSync(seen, 'utf8')).not.toContain(token.pin)
  })
})

function missingProgram(): string {
  if (!module) return 'SoftHSM'
  try {
    execFileSync('pkcs11-tool', ['--help'], { stdio: 'ignore' })
    return ''
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'pkcs11-tool' : ''
  }
}
