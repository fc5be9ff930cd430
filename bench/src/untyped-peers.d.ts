// Peers that ship no types: only what the benchmarks call.

declare module 'autocannon' {
  interface Result {
    readonly statusCodeStats?: Readonly<Record<string, { readonly count?: number }>>
  }
  interface AutocannonRequest {
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: string
  }
  interface Run extends PromiseLike<Result> {
    on(
      event: 'response',
      listener: (client: unknown, status: number, octets: number, milliseconds: number) => void,
    ): void
  }
  export default function autocannon(options: {
    url: string
    connections: number
    amount: number
    sampleInt: number
    method?: 'POST'
    requests: { setupRequest(request: AutocannonRequest): AutocannonRequest }[]
  }): Run
}

declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http'

  export type Payload = Readonly<Record<string, unknown>>

  export interface Adapter {
    upsert(id: string, payload: Payload, expiresIn: number): Promise<void>
    find(id: string): Promise<Payload | undefined>
    findByUid(uid: string): Promise<Payload | undefined>
    findByUserCode(userCode: string): Promise<Payload | undefined>
    consume(id: string): Promise<void>
    destroy(id: string): Promise<void>
    revokeByGrantId(grantId: string): Promise<void>
  }

  interface Model {
    new (members: object): { save(): Promise<string> }
  }

  interface GrantModel {
    new (
      members: object,
    ): {
      addOIDCScope(scope: string): void
      addResourceScope(resource: string, scope: string): void
      save(): Promise<string>
    }
  }

  export default class Provider {
    constructor(issuer: string, configuration: object)
    readonly Client: { find(clientId: string): Promise<object | undefined> }
    readonly Grant: GrantModel
    readonly RefreshToken: Model
    readonly AuthorizationCode: Model
    callback(): RequestListener
  }
}

declare module 'oidc-provider/lib/helpers/validate_dpop.js' {
  import type Provider from 'oidc-provider'

  interface Checked {
    readonly thumbprint: string
    readonly jti: string
    readonly iat: number
  }
  export default function validateDpop(
    provider: Provider,
    context: object,
    accessToken?: string,
  ): Promise<Checked | undefined>
  export function checkDpopReplay(
    provider: Provider,
    context: object,
    checked: Checked,
    clientId: string,
  ): Promise<void>
}
