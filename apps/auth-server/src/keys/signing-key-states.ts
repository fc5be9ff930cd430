import type { KeyPurpose } from '@keybound/authorization-server'

/** What the database knows of a signing key; the key itself is a file. Times are NumericDates. */
export interface SigningKeyState {
  readonly kid: string
  readonly purpose: KeyPurpose
  /** next: published, does not sign yet. active: signs. retired: its last tokens may still be met. */
  readonly state: 'next' | 'active' | 'retired'
  readonly createdAt: number
  readonly retiredAt?: number
}

/** Each method is one statement. Throws OAuthError temporarily_unavailable when the store cannot answer. */
export interface SigningKeyStates {
  list(): Promise<readonly SigningKeyState[]>
  insert(state: SigningKeyState): Promise<void>
}
