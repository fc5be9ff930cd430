import { hasFullDisk, onAFullDisk, requirement } from '@keybound/testkit'
import { expect, test } from 'vitest'
import { createLog } from './create-log.ts'
import { redact } from './redact.ts'

function lines() {
  const written: string[] = []
  return { written, log: createLog({ level: 'info', destination: { write: (line) => written.push(line) } }) }
}

const answered = { correlation_id: 'c', route: '/token', method: 'POST', status: 400, ms: 1 }

requirement(['OPS-27', 'N-011'], 'line breaks, ANSI and quotes in a value stay inside one line', () => {
  const { log, written } = lines()
  log.answered({ ...answered, client_id: 'a\r\n{"level":"fatal"}\u001b[31m"' })
  expect(written).toHaveLength(1)
  expect(written[0]?.trimEnd()).not.toContain('\u001b')
  expect(JSON.parse(written[0] ?? '').client_id).toBe('a\r\n{"level":"fatal"}\u001b[31m"')
})

test('a fault is logged with its correlation id and stack, without secrets (OPS-28)', () => {
  const { log, written } = lines()
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
      import { createLog } from '${new URL('create-log.ts', import.meta.url)}'
      const log = createLog({ level: 'info' })
      for (let line = 0; line < 3; line++) {
        log.answered(${JSON.stringify(answered)})
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      process.stderr.write('still here')`)
    expect([status, stderr]).toEqual([0, 'still here'])
  },
  120_000,
)
