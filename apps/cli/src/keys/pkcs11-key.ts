import { createHash, createPublicKey } from 'node:crypto'
import type { PublicJwk } from '@keybound/dpop'
import { thumbprint } from '@keybound/dpop'
import type { HeldKey } from './held-key.ts'
import { type Pkcs11Token, pkcs11Tool } from './pkcs11-tool.ts'

const label = 'keybound-dpop'

/**
 * A P-256 key inside a PKCS#11 token (smart card, HSM, SoftHSM), made there where there is none. It signs inside the token, which hands out only the public half.
 *
 * Rejects with Error that carries the tool's own words where the module, the token or the PIN is not right.
 */
export async function pkcs11Key(token: Pkcs11Token): Promise<HeldKey> {
  const tool = pkcs11Tool(token)
  const publicJwk = await readPublicKey(tool).catch(async () => {
    await tool([
      '--keypairgen',
      '--key-type',
      'EC:prime256v1',
      '--label',
      label,
      '--id',
      '01',
      '--usage-sign',
    ])
    return readPublicKey(tool)
  })
  const sign = async (data: Uint8Array) => {
    const digest = createHash('sha256').update(data).digest()
    const signature = await tool(
      ['--sign', '--mechanism', 'ECDSA', '--label', label, '--signature-format', 'rs'],
      digest,
    )
    if (signature.length !== 64) throw new Error('The token gave no signature of 64 octets')
    return new Uint8Array(signature)
  }
  return {
    signer: { alg: 'ES256', publicJwk, jkt: await thumbprint(publicJwk), sign },
    place: `inside the PKCS#11 token “${token.label}”; it signs there and never leaves`,
    staysThere: await attributes(tool),
    async close() {},
  }
}

type Tool = ReturnType<typeof pkcs11Tool>

async function readPublicKey(tool: Tool): Promise<PublicJwk> {
  const key = await tool(['--read-object', '--type', 'pubkey', '--label', label])
  const { x, y } = createPublicKey({ key, format: 'der', type: 'spki' }).export({ format: 'jwk' })
  if (x === undefined || y === undefined) throw new Error(`The key ${label} of the token is not on P-256`)
  return { kty: 'EC', crv: 'P-256', x, y }
}

/** What the token says of the private key. Rejects with Error unless it has never been outside and cannot come out. */
async function attributes(tool: Tool): Promise<string> {
  const listed = (await tool(['--list-objects', '--type', 'privkey', '--label', label])).toString()
  const access = /^\s*Access:\s*(.*)$/m.exec(listed)?.[1] ?? 'nothing'
  if (access.includes('never extractable') && access.includes('always sensitive')) return access
  throw new Error(
    `The token says of its private key: ${access}. Make the key inside the token, never extractable`,
  )
}
