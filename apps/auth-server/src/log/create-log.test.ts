import { requirement } from '@keybound/testkit'
import { expect } from 'vitest'
import { createLog } from './create-log.ts'

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
