import { jsonResponse } from '@keybound/oauth'
import { connection } from 'next/server'
import { web } from '../../dependencies.ts'
import { env } from '../../env.ts'
import { createLog } from '../../log.ts'

/** The process can serve: its key is there and its sessions can be read. The other apps are not asked: theirs is theirs to say. */
export async function GET(): Promise<Response> {
  await connection()
  try {
    const { rows } = await web()
    await rows.find('readyz')
    return jsonResponse({ status: 'ok' })
  } catch (fault) {
    // What fails here is the wiring: a file, a database. Its message holds no secret, and goes to the log alone.
    const why = fault instanceof Error ? fault.message : 'unknown'
    createLog(env().logLevel).error({ err: fault, why }, 'not ready')
    return jsonResponse({ status: 'unavailable' }, { status: 503, headers: { 'retry-after': '1' } })
  }
}
