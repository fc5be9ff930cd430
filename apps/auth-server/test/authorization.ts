import { createHash } from 'node:crypto'

export const verifier = 'a'.repeat(64)
const challenge = createHash('sha256').update(verifier).digest('base64url')

/** The path of a plain authorization request of the client `playground`; `change` overrides parameters, undefined leaves one out. */
export function authorizationPath(change: Readonly<Record<string, string | undefined>> = {}): string {
  const parameters = {
    client_id: 'playground',
    response_type: 'code',
    redirect_uri: 'http://localhost:3000/playground/callback',
    scope: 'openid profile',
    state: 'the state',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...change,
  }
  const present = Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined)
  return `/authorize?${new URLSearchParams(present)}`
}
