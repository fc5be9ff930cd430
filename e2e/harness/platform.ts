/** Where the platform under test listens, and how to sign in. Set by Playwright's global setup before any test process starts. */
export interface Platform {
  readonly web: string
  readonly issuer: string
  readonly api: string
  readonly lab: string
  readonly profileUrl: string
  readonly data: string
  /** The `/metrics` of each server, by its name. */
  readonly metrics: Readonly<Record<'auth-server' | 'resource-api' | 'lab', string>>
  readonly password: string
}

/** Throws Error outside of a run that a global setup has prepared. */
export function platform(): Platform {
  const text = process.env.E2E_PLATFORM
  if (!text)
    throw new Error('The platform was not started: run the tests with npm run e2e or npm run interop')
  return JSON.parse(text) as Platform
}
