import { jsonResponse } from '@keybound/oauth'
import { otherMethods } from '../../http/other-methods.ts'

export const dynamic = 'force-dynamic'

/** The process answers. */
export function GET(): Response {
  return jsonResponse({ status: 'ok' })
}

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET')
