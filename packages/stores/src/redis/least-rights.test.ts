import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { requirement } from '@keybound/testkit'
import { describeWith } from '@keybound/testkit/describe-with'
import { freePort, startRedis, throwAwayCa } from '@keybound/testkit/servers'
import { Redis } from 'ioredis'
import { afterAll, expect, vi } from 'vitest'

vi.setConfig({ testTimeout: 120_000 })

const folder = fileURLToPath(new URL('.', import.meta.url))

/** The rights that docs/hardened.md gives: its own keys, and the commands that are needed. */
const manual = readFileSync(join(folder, '../../../../docs/hardened.md'), 'utf8')
const rights = /^user ledger on >… (.+)$/m.exec(manual)?.[1] ?? ''

describeWith(['Redis'], 'Redis with no more rights than are needed', () => {
  const directory = mkdtempSync(join(tmpdir(), 'keybound-tls-'))
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  requirement(
    'OPS-47',
    'serves over TLS, with a password, and no command beside those that are needed',
    async () => {
      const tls = await throwAwayCa(directory)
      const tlsPort = await freePort()
      const server = await startRedis({
        'tls-port': tlsPort,
        'tls-cert-file': tls.certificate,
        'tls-key-file': tls.key,
        'tls-ca-cert-file': tls.ca,
        'tls-auth-clients': 'no',
      })
      const admin = new Redis(server.url)
      const user = new Redis(server.url, { username: 'ledger', password: 'a-password', lazyConnect: true })
      try {
        await admin.call('ACL', 'SETUSER', 'ledger', 'on', '>a-password', ...rights.split(' '))
        const url = `rediss://ledger:a-password@localhost:${tlsPort}`
        expect(await answersAt(url, { NODE_EXTRA_CA_CERTS: tls.ca })).toBe('[true,false,true,true,true,0]')

        // ioredis asks INFO for itself at the start, which this user may.
        await user.connect()
        for (const command of [
          'FLUSHALL',
          'KEYS *',
          'CONFIG GET maxmemory',
          'SHUTDOWN',
          'SAVE',
          'SCRIPT FLUSH',
        ]) {
          const [name = '', ...args] = command.split(' ')
          await expect(user.call(name, ...args), command).rejects.toThrow('NOPERM')
        }
        await expect(user.get('of somebody else')).rejects.toThrow('NOPERM')
      } finally {
        for (const one of [user, admin]) one.disconnect()
        await server.stop()
      }
    },
  )
})

async function answersAt(url: string, env: NodeJS.ProcessEnv): Promise<string> {
  const args = ['--import', 'tsx', join(folder, 'testing/use-everything.ts'), url]
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, ...env },
  })
  return stdout
}
