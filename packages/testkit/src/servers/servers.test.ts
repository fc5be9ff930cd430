import { execFile } from 'node:child_process'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { createConnection } from 'node:net'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { describeWith } from './describe-with.ts'
import { missingServers, requireServer } from './find-server.ts'
import type { ServerProcess } from './server-process.ts'
import { startNginx } from './start-nginx.ts'
import { type Postgres, startPostgres } from './start-postgres.ts'
import { startRedis } from './start-redis.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

test('says by name which server is missing and how to install it', () => {
  vi.stubEnv('PATH', '/nowhere')
  try {
    for (const sentence of missingServers(['PostgreSQL', 'Redis', 'nginx'])) {
      expect(sentence).toMatch(/^(PostgreSQL|Redis|nginx) is not installed .* apt-get install /)
    }
  } finally {
    vi.unstubAllEnvs()
  }
})

describeWith(['PostgreSQL'], 'a PostgreSQL of our own', () => {
  let postgres: Postgres
  beforeAll(async () => {
    postgres = await startPostgres({ fsync: 'off' })
  })
  afterAll(() => postgres?.stop())

  async function query(sql: string): Promise<string> {
    const psql = join(dirname(realpathSync(requireServer('PostgreSQL'))), 'psql')
    return (await promisify(execFile)(psql, ['-At', '-c', sql, postgres.url()])).stdout.trim()
  }

  test('speaks UTF-8, keeps what was written through kill -9, and is gone with its directory after stop', async () => {
    expect(await query('SHOW server_encoding')).toBe('UTF8')
    await query(`CREATE TABLE kept AS SELECT 'é' AS text`)
    const before = postgres.pid
    postgres.signal('SIGKILL')
    await postgres.restart()
    expect(postgres.pid).not.toBe(before)
    expect(await query('SELECT text FROM kept')).toBe('é')
    await postgres.stop()
    expect(existsSync(postgres.directory)).toBe(false)
    await expect(query('SELECT 1')).rejects.toThrow()
  })

  test('tells what the server said where it does not start', async () => {
    await expect(startPostgres({ shared_buffers: 'none' })).rejects.toThrow('did not start')
  })
})

describeWith(['Redis'], 'a Redis of our own', () => {
  test('answers, evicts nothing, and survives kill -9 with its append-only file', async () => {
    const redis = await startRedis()
    try {
      expect(await say(redis, 'CONFIG GET maxmemory-policy')).toContain('noeviction')
      expect(await say(redis, 'SET kept 1')).toBe('+OK\r\n')
      redis.signal('SIGKILL')
      await redis.restart()
      expect(await say(redis, 'GET kept')).toBe('$1\r\n1\r\n')
    } finally {
      await redis.stop()
    }
    expect(existsSync(redis.directory)).toBe(false)
  })
})

describeWith(['nginx'], 'an nginx of our own', () => {
  test('serves what its configuration says, and leaves nothing behind', async () => {
    const nginx = await startNginx(
      (port) => `server { listen 127.0.0.1:${port}; location / { return 200 'hello'; } }`,
    )
    try {
      expect(await (await fetch(`http://127.0.0.1:${nginx.port}/`)).text()).toBe('hello')
      expect(readFileSync(join(nginx.directory, 'nginx.pid'), 'utf8').trim()).toBe(`${nginx.pid}`)
    } finally {
      await nginx.stop()
    }
    expect(existsSync(nginx.directory)).toBe(false)
  })

  test('tells what nginx said where the configuration is wrong', async () => {
    await expect(startNginx(() => 'nonsense;')).rejects.toThrow('unknown directive')
  })
})

/** One inline command of the Redis protocol and its answer. */
function say({ port }: ServerProcess, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(port, '127.0.0.1', () => socket.write(`${command}\r\nQUIT\r\n`))
    let said = ''
    socket.on('data', (chunk) => {
      said += chunk
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(said.replace(/\+OK\r\n$/, '') || said))
  })
}
