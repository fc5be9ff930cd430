import { jsonResponse } from '@keybound/oauth'
import { connection } from 'next/server'
import { env } from '../../env.ts'
import { readAppHealth } from '../../health/app-health.ts'

/** For the home page, which asks again every few seconds. */
export async function GET(): Promise<Response> {
  await connection()
  return jsonResponse(await readAppHealth(env()))
}
