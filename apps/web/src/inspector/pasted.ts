/** What a paste turned out to be. Nothing in it is believed: whether it holds is for the table of checks. */
export interface Pasted {
  readonly kind: 'nothing' | 'curl command' | 'HTTP request' | 'header lines' | 'JWTs' | 'unknown'
  readonly method?: string
  readonly url?: string
  /** Something in the URL that was supplied, because the paste does not say it. */
  readonly assumed?: string
  readonly scheme?: string
  /** The values of the DPoP header lines, in their order; usually one. */
  readonly proofs: readonly string[]
  readonly accessToken?: string
  /** The first character that cannot be right, where there is one. */
  readonly fault?: Fault
}

/** A place in the pasted text, counted in UTF-16 units from 0, and what is wrong there. */
export interface Fault {
  readonly at: number
  readonly says: string
}

/** A value and where in the pasted text it begins. */
export interface Placed {
  readonly text: string
  readonly at: number
}
