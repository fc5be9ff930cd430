/** Someone who can sign in. */
export interface User {
  readonly subject: string
  readonly username: string
  /** argon2id, in the PHC string format. */
  readonly passwordHash: string
  readonly name: string
  readonly email: string
  readonly locale: string
  /** NumericDate. */
  readonly updatedAt: number
}

/** Reads only. Throws OAuthError temporarily_unavailable when the store cannot answer. */
export interface Users {
  find(subject: string): Promise<User | undefined>
  findByUsername(username: string): Promise<User | undefined>
}
