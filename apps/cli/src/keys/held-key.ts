import type { Signer } from '@keybound/dpop'

/** A key somewhere, and what a person should know of the place. */
export interface HeldKey {
  readonly signer: Signer
  /** One sentence: where the private half is. */
  readonly place: string
  /** What says that the private half stays there, in the words of the place itself; absent where it does not. */
  readonly staysThere?: string
  /** Lets go of whatever was opened to reach the key. The key stays where it is. */
  close(): Promise<void>
}
