import type { Env } from '../env.ts'
import { browserKey } from './browser-key.ts'
import type { HeldKey } from './held-key.ts'
import type { OwnKeyKind } from './key-kind.ts'
import { memoryKey } from './memory-key.ts'
import { pkcs11Key } from './pkcs11-key.ts'
import { sealedFileKey } from './sealed-file-key.ts'

/** The key of that kind, made where there is none. Rejects with Error that says what is missing and how to give it. */
export function openKey(kind: OwnKeyKind, env: Env): Promise<HeldKey> {
  switch (kind) {
    case 'memory':
      return memoryKey()
    case 'file':
      return sealedFileKey({
        file: env.keyFile,
        passphrase: given(env.keyPassphrase, 'KEY_PASSPHRASE', 'the passphrase that seals the key'),
      })
    case 'pkcs11':
      return pkcs11Key({
        module: given(env.pkcs11Module, 'PKCS11_MODULE', 'the path of the token’s PKCS#11 library'),
        label: given(env.pkcs11Token, 'PKCS11_TOKEN', 'the label of the token'),
        pin: given(env.pkcs11Pin, 'PKCS11_PIN', 'its PIN'),
        env: env.environment,
      })
    case 'browser':
      return browserKey({
        url: `${env.web}/playground`,
        ...(env.chromiumPath && { program: env.chromiumPath }),
      })
  }
}

function given(value: string | undefined, variable: string, what: string): string {
  if (value) return value
  throw new Error(`Set ${variable}: ${what}. docs/keys.md shows how.`)
}
