/** One row per browser session. `sealed` is worth nothing without the id, which only the browser's cookie holds. Times are NumericDates. */
export interface WebSessionRow {
  /** base64url SHA-256 of the id. */
  readonly idHash: string
  /** Undefined from the sign-in's start to its callback, which makes another row, under a new id, with the user's `sub`. */
  readonly subject: string | undefined
  /** Key and tokens, see seal.ts. */
  readonly sealed: Uint8Array<ArrayBuffer>
  /** Counts the changes of this row; whoever changes it has to know the latest. */
  readonly version: number
  readonly createdAt: number
  readonly lastUsedAt: number
  readonly expiresAt: number
  /** Somebody is refreshing the tokens and has until then; 0 where nobody is. */
  readonly lockedUntil: number
}

export type WebSessionChange = Partial<
  Pick<WebSessionRow, 'sealed' | 'lastUsedAt' | 'expiresAt' | 'lockedUntil'>
>

/** The store of web sessions. Each method is one statement; `update` and `remove` decide. */
export interface WebSessionRows {
  insert(row: WebSessionRow): Promise<void>
  find(idHash: string): Promise<WebSessionRow | undefined>
  /** True if the row was at `ifVersion`; then it has the change and the next version. */
  update(idHash: string, ifVersion: number, change: WebSessionChange): Promise<boolean>
  /** True for the one caller that removed it. */
  remove(idHash: string): Promise<boolean>
  /** Removes every session of a user and says how many that were. */
  removeOf(subject: string): Promise<number>
  /** Removes what ended before `now` and says how many that were. */
  removeExpired(now: number): Promise<number>
}
