import { withAccess } from '@keybound/resource-server/next'
import { profile, protection } from '../../../src/protected-route/answer.ts'

export const dynamic = 'force-dynamic'

export const GET = withAccess(protection(), 'profile', profile)
