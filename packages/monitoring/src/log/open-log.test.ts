import { expect, test } from 'vitest'
import { hasFullDisk, onAFullDisk } from '../../test/on-a-full-disk.ts'
import { openLog } from './open-log.ts'
import { redact } from './redact.ts'

test('a fault is logged with its correlation id and stack, without secrets (OPS-28)', () => {
  const written: string[] = []
  const log = openLog('app', { level: 'info', destination: { write: (line) => written.push(line) } })
  log.fault(new Error(`query failed for code_${'a'.repeat(43)}`), 'id-1')
  const line = JSON.parse(written[0] ?? '')
  expect(line).toMatchObject({ correlation_id: 'id-1', fault: 'Error', msg: 'query failed for [redacted]' })
  expect(written[0]).not.toContain('aaaa')
})

test('redacts JWTs, our own prefixes and password hashes (OPS-28)', () => {
  for (const secret of [
    'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln',
    `rt_${'x'.repeat(43)}`,
    `se_${'x'.repeat(43)}`,
    'urn:ietf:params:oauth:request_uri:abcdef',
    '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA',
  ])
    expect(redact(`before ${secret} after`)).toBe('before [redacted] after')
})

test.skipIf(!hasFullDisk)(
  'a disk that is full loses lines of the log, and ends nothing',
  () => {
    const { status, stderr } = onAFullDisk(`
      import { openLog } from '${new URL('open-log.ts', import.meta.url)}'
      const log = openLog('app', { level: 'info' })
      for (let line = 0; line < 3; line++) {
        log.fault(new Error('one of three'))
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      process.stderr.write('still here')`)
    expect([status, stderr]).toEqual([0, 'still here'])
  },
  120_000,
)
