import type { KeyPurpose, SigningKey } from '@keybound/authorization-server'
import { keyTimes } from './key-times.ts'
import type { SigningKeyState } from './signing-key-states.ts'

/** due: by the schedule. now: begin a rotation, whatever the age of the keys. */
export type RotationReason = 'due' | 'now'

export type RotationStep =
  | { readonly do: 'generate'; readonly purpose: KeyPurpose }
  | { readonly do: 'activate'; readonly kid: string }
  | { readonly do: 'remove'; readonly kid: string }

/** A key, and where it signs, its algorithm. */
export type KnownKey = SigningKeyState & { readonly alg?: SigningKey['alg'] }

/** One key for each purpose: who can make one kind of token cannot make the other. */
export const purposes: readonly KeyPurpose[] = ['access token', 'id token']

/**
 * The transitions that are due, without making any: publish → wait → sign → retire → forget. A generated key is activated by a later
 * call, when it has been published for long enough.
 */
export function rotationSteps(
  keys: readonly KnownKey[],
  alg: SigningKey['alg'],
  reason: RotationReason,
  now: number,
): readonly RotationStep[] {
  return [...purposes.flatMap((purpose) => ofPurpose(purpose, keys, alg, reason, now)), ...ended(keys, now)]
}

function ofPurpose(
  purpose: KeyPurpose,
  keys: readonly KnownKey[],
  alg: SigningKey['alg'],
  reason: RotationReason,
  now: number,
): readonly RotationStep[] {
  const own = keys.filter((key) => key.purpose === purpose)
  const [next, ...others] = own.filter(({ state }) => state === 'next').sort(oldestFirst)
  const active = own.find(({ state }) => state === 'active')
  if (next) {
    const waited = now >= next.createdAt + keyTimes.publish
    const surplus = others.map(({ kid }) => ({ do: 'remove', kid }) as const)
    return waited ? [...surplus, { do: 'activate', kid: next.kid }] : surplus
  }
  const isOld = !active || active.alg !== alg || now >= active.createdAt + keyTimes.sign - keyTimes.publish
  return isOld || reason === 'now' ? [{ do: 'generate', purpose }] : []
}

/** Of processes that generated a key at the same moment, all keep the same one. */
function oldestFirst(a: KnownKey, b: KnownKey): number {
  return a.createdAt - b.createdAt || (a.kid < b.kid ? -1 : 1)
}

/** The row of a withdrawn key is kept as long as that of a retired one: what happened, and when. */
function ended(keys: readonly KnownKey[], now: number): readonly RotationStep[] {
  return keys
    .filter(({ retiredAt }) => retiredAt !== undefined && now >= retiredAt + keyTimes.retired)
    .map(({ kid }) => ({ do: 'remove', kid }))
}
