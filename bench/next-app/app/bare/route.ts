import { profile } from '../../../src/protected-route/answer.ts'

export const dynamic = 'force-dynamic'
export const GET = profile
