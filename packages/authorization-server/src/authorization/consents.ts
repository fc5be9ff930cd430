/** What a user has allowed a client, remembered for confidential clients only. */
export interface Consent {
  readonly subject: string
  readonly clientId: string
  readonly scope: readonly string[]
  readonly grantedAt: number
}

/** `save` replaces the earlier consent of the same user and client in one statement. Throws OAuthError temporarily_unavailable when the store cannot answer. */
export interface Consents {
  find(subject: string, clientId: string): Promise<Consent | undefined>
  save(consent: Consent): Promise<void>
  list(subject: string): Promise<readonly Consent[]>
  remove(subject: string, clientId: string): Promise<void>
}
