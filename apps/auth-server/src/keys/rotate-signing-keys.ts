import type { KeyPurpose, SigningKey } from '@keybound/authorization-server'
import type { Clock } from '@keybound/oauth'
import { generateSigningKey } from './generate-signing-key.ts'
import { readKeyFile, removeKeyFile, writeKeyFile } from './key-file.ts'
import { purposes, type RotationReason, type RotationStep, rotationSteps } from './rotation-steps.ts'
import { signingAlgOf } from './signing-alg.ts'
import { isServed, type SigningKeyStates } from './signing-key-states.ts'

export interface RotationOptions {
  /** `<KEYBOUND_DATA>/keys`. */
  readonly directory: string
  readonly states: SigningKeyStates
  readonly clock: Clock
  /** Of new keys. An active key of another algorithm is due. */
  readonly alg: SigningKey['alg']
}

/**
 * Makes the transitions that are due, and returns them. Safe to run at any time, in several processes: what a key becomes is decided by
 * one conditional write, of several new keys of one purpose all processes keep the same one, and a key's file is there before its row.
 */
export async function rotateSigningKeys(
  options: RotationOptions,
  reason: RotationReason = 'due',
): Promise<readonly RotationStep[]> {
  const made: RotationStep[] = []
  for (const step of await stepsDue(options, reason)) {
    if (await make(options, step)) made.push(step)
  }
  return made
}

/**
 * The keys are lost: new ones sign at once, every other one is withdrawn and its file deleted, and nothing that they signed counts once a
 * resource server fetches the key set again, which a token of the new key makes it do. Asks nothing of the old files, which may be gone.
 */
export async function replaceSigningKeys(options: RotationOptions): Promise<void> {
  for (const purpose of purposes) {
    const kid = await generateNext(options, purpose)
    await options.states.activate(kid, 'withdrawn', options.clock())
  }
  for (const state of await options.states.list()) {
    if (!isServed(state)) await removeKeyFile(options.directory, state.kid)
  }
}

async function stepsDue(
  { directory, states, clock, alg }: RotationOptions,
  reason: RotationReason,
): Promise<readonly RotationStep[]> {
  const known = await Promise.all(
    (await states.list()).map(async (state) => ({
      ...state,
      // Another process may be deleting the file of any other one.
      ...(state.state === 'active' && { alg: signingAlgOf(await readKeyFile(directory, state.kid)) }),
    })),
  )
  return rotationSteps(known, alg, reason, clock())
}

async function make(options: RotationOptions, step: RotationStep): Promise<boolean> {
  const { directory, states, clock } = options
  if (step.do === 'activate') return states.activate(step.kid, 'retired', clock())
  if (step.do === 'generate') await generateNext(options, step.purpose)
  else if (await states.remove(step.kid)) await removeKeyFile(directory, step.kid)
  else return false
  return true
}

async function generateNext(
  { directory, states, clock, alg }: RotationOptions,
  purpose: KeyPurpose,
): Promise<string> {
  const jwk = await generateSigningKey(alg)
  await writeKeyFile(directory, jwk)
  await states.insert({ kid: jwk.kid, purpose, state: 'next', createdAt: Math.floor(clock()) })
  return jwk.kid
}
