import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { provesWith } from '../testing/proves-with.ts'
import { sealedFileKey } from './sealed-file-key.ts'

const passphrase = 'correct horse battery'
let file: string

beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'keybound-key-')), 'deep', 'key.jwe')
})

describe('a key sealed in a file', () => {
  test('is made once, opens again with its passphrase, and makes proofs that a server accepts', async () => {
    const made = await sealedFileKey({ file, passphrase })
    const opened = await sealedFileKey({ file, passphrase })
    expect(opened.signer.jkt).toBe(made.signer.jkt)
    expect(await provesWith(opened.signer)).toBe('accepted')
  })

  test('is readable by its owner alone, and holds nothing of the private key in the clear', async () => {
    await sealedFileKey({ file, passphrase })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8').trim()).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\.[\w-]+\.[\w-]+$/)
  })

  test('is refused where others can read it', async () => {
    await sealedFileKey({ file, passphrase })
    chmodSync(file, 0o640)
    await expect(sealedFileKey({ file, passphrase })).rejects.toThrow(/can be read by others.*chmod 600/)
  })

  test('does not open with another passphrase, and stays as it was', async () => {
    await sealedFileKey({ file, passphrase })
    const before = readFileSync(file)
    const other = sealedFileKey({ file, passphrase: 'another horse battery' })
    await expect(other).rejects.toThrow('The passphrase does not open')
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  test('is told from a file of another kind', async () => {
    await sealedFileKey({ file, passphrase })
    writeFileSync(file, '{"kty":"EC"}')
    await expect(sealedFileKey({ file, passphrase })).rejects.toThrow('is no sealed key')
  })

  test('wants a passphrase of at least twelve characters', async () => {
    await expect(sealedFileKey({ file, passphrase: 'too short' })).rejects.toThrow('at least 12 characters')
  })
})
