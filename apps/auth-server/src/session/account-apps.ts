/** A client that a user has allowed something: by a consent that is remembered, or by a grant that still lives. Times are NumericDates. */
export interface AccountApp {
  readonly clientId: string
  readonly clientName: string
  readonly scope: readonly string[]
  readonly since: number
}

/** Throws OAuthError temporarily_unavailable when the store cannot answer. */
export interface AccountApps {
  list(subject: string, now: number): Promise<readonly AccountApp[]>
  /** Forgets the consent and revokes every grant of this user to this client: its refresh and access tokens end with it. Again, it changes nothing. */
  end(subject: string, clientId: string, now: number): Promise<void>
}
