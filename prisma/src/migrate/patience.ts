/** Milliseconds to wait for another process that is migrating the same file. */
export const patience = 60_000
