import { setTimeout as pause } from 'node:timers/promises'
import { createProof } from '@keybound/dpop'
import type { Answer, RacePlatform, Sendable } from './race-platform.ts'
import { tokenForm } from './token-form.ts'

/** The newest nonce of each server; a server gives one to whoever comes without, and takes it for a minute at least. */
export interface Nonces {
  /** So young that it is good for the whole of a heat. */
  of(server: Sendable['to']): Promise<string>
  /** Asks for a new one next time, where the answer says that this one is not taken any more: its epoch of the ledger has ended. */
  heed(server: Sendable['to'], answer: Answer | undefined): void
}

const young = 20_000

/** Is challenged for its nonce before anything else is looked at. */
const anyGrant = { client_id: 'cli', grant_type: 'authorization_code' }

export function learntNonces(platform: RacePlatform): Nonces {
  const known = new Map<Sendable['to'], { readonly nonce: string; readonly since: number }>()

  async function learn(server: Sendable['to']): Promise<string> {
    for (let turn = 0; ; turn++) {
      const request = server === 'auth-server' ? tokenForm(platform, anyGrant, undefined) : readForm()
      try {
        const { headers } = await platform.send(turn % platform.replicas, await request)
        const nonce = headers.get('dpop-nonce')
        if (nonce) return nonce
      } catch {
        // That replica is down at the moment.
      }
      if (turn > 600) throw new Error(`The ${server} gives no nonce`)
      await pause(100)
    }
  }

  async function readForm(): Promise<Sendable> {
    const dpop = await createProof(platform.key, {
      method: 'GET',
      url: platform.resource,
      accessToken: 'none',
    })
    return {
      to: 'resource-api',
      method: 'GET',
      path: '/api/profile',
      headers: { authorization: 'DPoP none', dpop },
    }
  }

  return {
    async of(server) {
      const held = known.get(server)
      if (held && Date.now() - held.since < young) return held.nonce
      const nonce = await learn(server)
      known.set(server, { nonce, since: Date.now() })
      return nonce
    },
    heed(server, answer) {
      if (answer?.text.includes('use_dpop_nonce')) known.delete(server)
    },
  }
}
