import type { PlaygroundTokens } from './flow-state.ts'
import { StepProblem } from './step-problem.ts'

/** What is asked for, and what was granted where the answer does not say otherwise (RFC 6749 §5.1). */
export const scope = 'openid profile profile:write offline_access'

/** The JSON object of a good answer. Throws StepProblem for every other answer. */
export async function readJson<T = Record<string, unknown>>(answer: Promise<Response>): Promise<T> {
  const response = await answer
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw new StepProblem(refusalIn(response.status, body))
  if (typeof body !== 'object' || body === null) throw new StepProblem('The answer is not a JSON object.')
  return body as T
}

function refusalIn(status: number, body: unknown): string {
  const error = typeof body === 'object' && body !== null && 'error' in body ? String(body.error) : ''
  const advice = error === 'invalid_grant' ? ' A code lives for a minute: push a new request.' : ''
  return `The answer was ${status}${error && ` ${error.slice(0, 64)}`}.${advice}`
}

export function tokensOf(answer: Record<string, unknown>, now: number): PlaygroundTokens {
  const { access_token, token_type, refresh_token, id_token, expires_in, scope: granted } = answer
  if (typeof access_token !== 'string') throw new StepProblem('The answer holds no access token.')
  if (String(token_type).toLowerCase() !== 'dpop')
    throw new StepProblem('The token is not bound: its token_type is not DPoP. It is thrown away.')
  return {
    accessToken: access_token,
    ...(typeof refresh_token === 'string' ? { refreshToken: refresh_token } : {}),
    ...(typeof id_token === 'string' ? { idToken: id_token } : {}),
    scope: typeof granted === 'string' ? granted : scope,
    expiresAt: now + Number(expires_in ?? 0),
  }
}

/** The well-known URL of a resource or issuer: the name goes between host and path. @see RFC 9728 §3.1 · RFC 8414 §3.1 */
export function wellKnown(of: string, name: string): string {
  const url = new URL(of)
  return `${url.origin}/.well-known/${name}${url.pathname === '/' ? '' : url.pathname}`
}
