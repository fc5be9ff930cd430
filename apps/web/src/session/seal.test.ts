import { describe, expect, it } from 'vitest'
import { createSealer, hashSessionId, newSessionId } from './seal.ts'

const sealer = createSealer('one secret of at least thirty-two bytes')
const value = { key: { kty: 'EC', d: 'private' }, tokens: { accessToken: 'at', refreshToken: 'rt_x' } }

describe('a sealed session row', () => {
  it('opens under its own id', () => {
    const id = newSessionId()
    expect(sealer.open(id, sealer.seal(id, value))).toEqual(value)
  })

  it('opens under no other id, so that rows cannot be swapped (OPS-23)', () => {
    expect(sealer.open(newSessionId(), sealer.seal(newSessionId(), value))).toBeUndefined()
  })

  it('does not open under another secret', () => {
    const id = newSessionId()
    const other = createSealer('another secret of more than 32 bytes')
    expect(other.open(id, sealer.seal(id, value))).toBeUndefined()
  })

  it('does not open when one bit was changed, wherever it is', () => {
    const id = newSessionId()
    const sealed = sealer.seal(id, value)
    for (let at = 0; at < sealed.length; at += 7) {
      const changed = sealed.slice()
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(sealer.open(id, changed)).toBeUndefined()
    }
  })

  it.each([0, 1, 27, 28, 29, 200])(
    'does not open %i bytes of something else, and does not throw',
    (length) => {
      expect(sealer.open('ws_x', new Uint8Array(length))).toBeUndefined()
    },
  )

  it('shows nothing of what it holds, and is never the same twice', () => {
    const id = newSessionId()
    const sealed = sealer.seal(id, value)
    expect(Buffer.from(sealed).toString('latin1')).not.toContain('private')
    expect(sealer.seal(id, value)).not.toEqual(sealed)
  })

  it('has an id of which the database sees a hash only', () => {
    const id = newSessionId()
    expect(id).toMatch(/^ws_[\w-]{43}$/)
    expect(hashSessionId(id)).toMatch(/^[\w-]{43}$/)
    expect(hashSessionId(id)).not.toContain(id.slice(3, 20))
  })
})
