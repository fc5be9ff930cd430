import { jsonResponse } from '@keybound/oauth'
import { connection } from 'next/server'
import { web } from '../../dependencies.ts'

/** The process can serve: its key is there and its sessions can be read. The other apps are not asked: theirs is theirs to say. */
export async function GET(): Promise<Response> {
  await connection()
  try {
    const { rows } = await web()
    await rows.find('readyz')
    return jsonResponse({ status: 'ok' })
  } catch (fault) {
    const reason = fault instanceof Error ? fault.name : 'unknown'
    return jsonResponse({ status: 'unavailable', reason }, { status: 503, headers: { 'retry-after': '1' } })
  }
}
