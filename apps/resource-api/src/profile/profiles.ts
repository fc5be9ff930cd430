/** A user's profile. `sub` and `updated_at` are the server's. */
export interface Profile {
  readonly sub: string
  readonly name: string
  readonly email: string
  /** A language tag such as `en` or `de-CH`. */
  readonly locale: string
  /** NumericDate of the last change. */
  readonly updated_at: number
}

export type ProfilePatch = Partial<Pick<Profile, 'name' | 'email' | 'locale'>>

/** Throws OAuthError temporarily_unavailable where the store cannot answer. */
export interface Profiles {
  find(sub: string): Promise<Profile | undefined>
  /** One write. Resolves with the profile as it is now, or undefined where there is none. */
  change(sub: string, patch: ProfilePatch, now: number): Promise<Profile | undefined>
}
