import { jsonResponse } from '@keybound/oauth'
import { otherMethods } from '../../http/other-methods.ts'
import { resourceApi } from '../../resource-api.ts'

export const dynamic = 'force-dynamic'

/** The process can serve a profile: its store answers. */
export async function GET(): Promise<Response> {
  try {
    await resourceApi().ping()
    return jsonResponse({ status: 'ok' })
  } catch {
    return jsonResponse({ status: 'unavailable', store: 'no answer' }, { status: 503 })
  }
}

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET')
