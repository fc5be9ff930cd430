import type { Signer } from '@keybound/dpop'
import type { Stores } from '@keybound/stores/memory'
import type { JWK } from 'jose'

/** A request as it goes over the wire. */
export interface Sendable {
  readonly to: 'auth-server' | 'resource-api'
  readonly method: 'GET' | 'POST'
  /** Path and query below the public base URL. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly form?: Readonly<Record<string, string>>
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** What races are run on: some replicas over common stores, in this process or behind HTTP. */
export interface RacePlatform {
  readonly issuer: string
  readonly resource: string
  readonly replicas: number
  /** To this replica. Rejects where no answer came: then nobody knows what happened. */
  send(replica: number, request: Sendable): Promise<Answer>
  /** The stores that the replicas share: codes and tokens to race for are put there, and the checker reads there afterwards. */
  readonly stores: Stores
  /** The key of every client's proofs, and of the clients that sign assertions. */
  readonly key: Signer
  readonly assertionKeys: Readonly<Record<'web' | 'service', JWK>>
  readonly redirectUris: Readonly<Record<'cli' | 'web', string>>
  /** Cookies of a browser in which alice is signed in; empty where the platform asks for none. */
  readonly cookies: string
}

/** Of the demo user who is signed in. */
export const alice = '6f1c1d5e-0001-4000-8000-000000000001'
