/** Where the database remembers the ledger's epoch, so that a ledger that comes back empty is not taken for a new one. */
export interface EpochRecord {
  /** The id of the last epoch that was seen; undefined where there never was one. */
  read(): Promise<string | undefined>
  write(id: string): Promise<void>
}
