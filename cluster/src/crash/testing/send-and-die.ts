// send-and-die <database URL> <point> <request as JSON>: a whole auth-server that gets one request, and dies at this point of it.
import { writeSync } from 'node:fs'
import process from 'node:process'
import { openStores } from '@keybound/stores'
import { inProcessPlatform } from '../../race/in-process-platform.ts'
import { dieBeforeStatement } from './die-before-statement.ts'

const [databaseUrl = '', point = '', request = ''] = process.argv.slice(2)
const { stores } = await openStores({ databaseUrl, replicas: 1 })
const platform = await inProcessPlatform(stores)
if (/^\d+$/.test(point)) dieBeforeStatement(Number(point))
const { status, text, headers } = await platform.send(0, JSON.parse(request))
if (point !== 'before the answer') {
  writeSync(1, `${JSON.stringify({ status, text, headers: [...headers] })}\n`)
}
process.kill(process.pid, 'SIGKILL')
