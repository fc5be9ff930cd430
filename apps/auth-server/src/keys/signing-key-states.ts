import type { KeyPurpose } from '@keybound/authorization-server'

/**
 * What the database knows of a signing key; the key itself is a file. Times are NumericDates.
 *
 * ```
 * next ── published long enough ──► active ── its successor signs ──► retired ── its last token has ended ──► gone
 * in an emergency all of them ──► withdrawn: published no more ──► gone
 * ```
 */
export interface SigningKeyState {
  readonly kid: string
  readonly purpose: KeyPurpose
  /** next: published, does not sign yet. active: signs. retired: its last tokens may still be met. withdrawn: whatever it signed is void. */
  readonly state: 'next' | 'active' | 'retired' | 'withdrawn'
  readonly createdAt: number
  readonly retiredAt?: number
}

/** Each method is one transaction. Throws OAuthError temporarily_unavailable when the store cannot answer. */
export interface SigningKeyStates {
  list(): Promise<readonly SigningKeyState[]>
  insert(state: SigningKeyState): Promise<void>
  /**
   * next → active, and the active one of its purpose → retired; or → withdrawn, and then every other key of its purpose with it.
   * False where the key is not next any more: another process was faster.
   */
  activate(kid: string, predecessor: 'retired' | 'withdrawn', at: number): Promise<boolean>
  /** False where the key signs, or is gone already. */
  remove(kid: string): Promise<boolean>
}

/** Whether the key signs, will sign, or has signed what may still be met. */
export function isServed({ state }: SigningKeyState): boolean {
  return state !== 'withdrawn'
}
