import { profile, verifyOnly } from '../../../src/protected-route/answer.ts'

export const dynamic = 'force-dynamic'

export function GET(request: Request): Response {
  verifyOnly(String(request.headers.get('dpop')))
  return profile()
}
