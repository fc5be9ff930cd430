// A protected Next.js route handler. It protects itself: no middleware stands in front of it.
import { withAccess } from '@keybound/resource-server/next'
import { profileAccess } from '../../../../profile-access.ts'

export const dynamic = 'force-dynamic'

const issuer = process.env.ISSUER_URL ?? 'http://localhost:4000'
const api = process.env.API_URL ?? 'http://localhost:4001'

export const GET = withAccess(profileAccess(issuer, api), 'profile', (_request, { subject, jkt }) =>
  Response.json({ sub: subject, provedBy: jkt }),
)
