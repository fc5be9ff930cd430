import { jsonResponse } from '@keybound/oauth'
import { connection } from 'next/server'
import { env } from '../../env.ts'
import { readHealth } from '../../health/read-health.ts'

/** For the home page, which asks again every few seconds. */
export async function GET(): Promise<Response> {
  await connection()
  return jsonResponse(await readHealth(env()))
}
