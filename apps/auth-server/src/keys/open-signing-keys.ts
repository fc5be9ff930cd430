import type { SigningKey, SigningKeys } from '@keybound/authorization-server'
import { signerFromJwk } from '@keybound/dpop'
import type { JWK } from 'jose'
import { generateSigningKey } from './generate-signing-key.ts'
import { openKeyDirectory, readKeyFile, writeKeyFile } from './key-file.ts'
import { keyTimes } from './key-times.ts'
import type { RotationOptions } from './rotate-signing-keys.ts'
import { purposes } from './rotation-steps.ts'
import { signingAlgOf } from './signing-alg.ts'
import { isServed, type SigningKeyState } from './signing-key-states.ts'

/** Seconds for which a rotation by another process may stay unnoticed here. */
const reload = 5

interface LoadedKey extends SigningKey {
  readonly state: SigningKeyState
  readonly publicJwk: JWK
}

/**
 * The signing keys: files that only this user can read, their states in the database. Makes what is missing at the first start.
 * Once open it answers from memory, also while the database does not.
 *
 * Throws Error where a key file is missing, readable by others, or not the key of its name.
 */
export async function openSigningKeys(options: RotationOptions): Promise<SigningKeys> {
  const { clock } = options
  await openKeyDirectory(options.directory)
  await generateMissing(options)
  let keys = await load(options, [])
  let loadedAt = clock()
  let published: readonly JWK[] = []

  async function current(): Promise<readonly LoadedKey[]> {
    if (clock() - loadedAt < reload) return keys
    loadedAt = clock()
    try {
      keys = await load(options, keys)
    } catch {
      // The database is away, or a new key is not here yet: the keys in memory go on.
    }
    return keys
  }

  return {
    async active(purpose) {
      const key = (await current()).find((k) => k.purpose === purpose && k.state.state === 'active')
      if (!key) throw new Error(`There is no active signing key for: ${purpose}`)
      return key
    },
    async publicKeys() {
      const isMet = ({ state }: LoadedKey) =>
        state.retiredAt === undefined || clock() < state.retiredAt + keyTimes.retired
      const met = (await current()).filter(isMet).map((key) => key.publicJwk)
      // The same array while nothing changed: callers keep what they made of it.
      if (met.length !== published.length || met.some((jwk, at) => jwk !== published[at])) published = met
      return published
    },
  }
}

async function generateMissing({ directory, states, clock, alg }: RotationOptions): Promise<void> {
  const existing = await states.list()
  for (const purpose of purposes) {
    if (existing.some((state) => state.purpose === purpose && state.state === 'active')) continue
    const jwk = await generateSigningKey(alg)
    await writeKeyFile(directory, jwk)
    await states.insert({ kid: jwk.kid, purpose, state: 'active', createdAt: Math.floor(clock()) })
  }
}

/** Withdrawn keys are nothing to this server any more: it neither signs with them nor publishes them, and their files are gone. */
async function load(options: RotationOptions, known: readonly LoadedKey[]): Promise<readonly LoadedKey[]> {
  const states = await options.states.list()
  return Promise.all(
    states.filter(isServed).map(async (state) => {
      const loaded = known.find((key) => key.kid === state.kid)
      return loaded ? { ...loaded, state } : loadKey(options.directory, state)
    }),
  )
}

async function loadKey(directory: string, state: SigningKeyState): Promise<LoadedKey> {
  const privateJwk = await readKeyFile(directory, state.kid)
  const alg = signingAlgOf(privateJwk)
  const { sign } = await signerFromJwk(privateJwk, alg)
  // Picked, not stripped: a private member that nobody thought of is not published.
  const { kty, crv, x, y, n, e } = privateJwk
  return {
    kid: state.kid,
    alg,
    purpose: state.purpose,
    sign,
    state,
    publicJwk: JSON.parse(JSON.stringify({ kty, crv, x, y, n, e, kid: state.kid, alg, use: 'sig' })),
  }
}
