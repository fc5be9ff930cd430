/** The current time as a NumericDate: seconds since 1970-01-01T00:00:00Z, a fraction allowed. A parameter everywhere, so that no test sleeps. */
export type Clock = () => number

/** The system's clock. */
export const systemClock: Clock = () => Date.now() / 1000
