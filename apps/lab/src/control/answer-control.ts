import type { IncomingMessage, ServerResponse } from 'node:http'
import { columns } from '@keybound/exchange'
import { attacks } from '../attacks/attacks.ts'
import { runAttack } from '../run-attack.ts'
import type { Worlds } from '../world/worlds.ts'
import { describeAttack } from './describe-attack.ts'

export interface ControlOptions {
  readonly worlds: Worlds
  /** The one origin whose pages may launch attacks. */
  readonly webOrigin: string
}

/** Attacks that may be under way at once; the rest is asked to come again. */
const mostAtOnce = 24

/**
 * What the pages of the lab ask: `GET /attacks` lists them, `POST /attacks/<id>?column=<column>` plays one against servers opened for it and answers with its
 * AttackOutcome. Nothing in a request says where an attack goes.
 */
export function controlHandler({ worlds, webOrigin }: ControlOptions) {
  let underWay = 0

  return async function answerControl(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(req.url ?? '/', 'http://lab')
    const fromWeb = req.headers.origin === webOrigin
    res.setHeader('Vary', 'Origin')
    if (fromWeb) res.setHeader('Access-Control-Allow-Origin', webOrigin)
    if (req.method === 'GET' && /^\/(?:healthz|readyz)$/.test(pathname)) {
      return json(res, 200, { status: 'ok' })
    }
    if (req.method === 'GET' && pathname === '/attacks') return json(res, 200, attacks.map(describeAttack))
    const attack = attacks.find(({ id }) => pathname === `/attacks/${id}`)
    if (!attack) return json(res, 404, refusal('path.known', 'there is nothing under this path'))
    if (req.method !== 'POST') {
      return json(res, 405, refusal('request.method', 'an attack is launched by POST'))
    }
    // A form of another site could post too.
    if (!fromWeb)
      return json(res, 403, refusal('request.origin', 'attacks are launched from the pages of the lab'))
    const column = columns.find((each) => each === searchParams.get('column'))
    if (!column) return json(res, 400, refusal('column.known', `column is one of ${columns.join(', ')}`))
    if (underWay >= mostAtOnce)
      return json(res, 429, refusal('lab.busy', 'too many attacks are under way; try again in a moment'))
    underWay += 1
    try {
      json(res, 200, await runAttack(worlds, attack, column))
    } finally {
      underWay -= 1
    }
  }
}

function refusal(rule: string, sentence: string) {
  return { error: 'invalid_request', error_description: `${rule}: ${sentence}` }
}

function json(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff',
  })
  res.end(JSON.stringify(body))
}
