import { jsonResponse } from '@keybound/oauth'
import { connection } from 'next/server'

/** The process lives. */
export async function GET(): Promise<Response> {
  await connection()
  return jsonResponse({ status: 'ok' })
}
