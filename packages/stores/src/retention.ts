/**
 * How long, in seconds, a record outlives its end before it is swept. A pushed request that arrived in time is spent only when
 * the code is issued, up to a transaction's ten minutes later; a clock that is corrected must not bring anything back to life.
 */
export const retention = 3600

/** A code is remembered for a day, so that its reuse is recognised and ends what it gave. */
export const codeRetention = 86_400
