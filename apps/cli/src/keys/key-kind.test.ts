import { expect, test } from 'vitest'
import { readEnv } from '../env.ts'
import { parseKeyKind } from './key-kind.ts'
import { openKey } from './open-key.ts'

test('a kind that there is not is answered with those that there are', () => {
  expect(() => parseKeyKind('tpm')).toThrow('--key is one of memory, file, pkcs11, browser, bff')
})

test('a kind that wants something says which variable gives it', () => {
  expect(() => openKey('file', readEnv({}))).toThrow('Set KEY_PASSPHRASE')
  expect(() => openKey('pkcs11', readEnv({ PKCS11_MODULE: 'x.so' }))).toThrow('Set PKCS11_TOKEN')
})

test('a key in memory is not given out', async () => {
  const { staysThere } = await openKey('memory', readEnv({}))
  expect(staysThere).toBe('The private key of this signer cannot be exported')
})
