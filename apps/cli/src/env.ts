/** Everything the walk-through is told from outside. It shares no secret with the servers but the demo user's password. */
export interface Env {
  readonly issuer: string
  readonly api: string
  readonly password: string
}

/** Throws TypeError when a URL is none. */
export function readEnv(env: NodeJS.ProcessEnv = process.env): Env {
  return {
    issuer: baseUrl('ISSUER_URL', env.ISSUER_URL || 'http://localhost:4000'),
    api: baseUrl('API_URL', env.API_URL || 'http://localhost:4001'),
    password: env.DEMO_PASSWORD || 'keybound-demo',
  }
}

function baseUrl(name: string, text: string): string {
  if (!URL.canParse(text)) throw new TypeError(`${name} is no URL: ${text}`)
  return text.replace(/\/+$/, '')
}
