import { jsonResponse } from '@keybound/oauth'
import { connection } from 'next/server'
import { env } from '../../../env.ts'
import { readFigures } from '../../../monitor/read-figures.ts'

/** For the monitor, which asks again and again. There as long as the feeds are: in demo mode. */
export async function GET(): Promise<Response> {
  await connection()
  if (env().mode !== 'demo') return jsonResponse({ error: 'not_found' }, { status: 404 })
  return jsonResponse(await readFigures())
}
