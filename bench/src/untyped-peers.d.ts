// Peers that ship no types: only what the benchmarks call.

declare module 'autocannon' {
  interface Result {
    readonly duration: number
    readonly requests: { readonly total: number }
    readonly latency: { readonly p50: number; readonly p99: number }
    readonly statusCodeStats?: Readonly<Record<string, { readonly count?: number }>>
  }
  interface AutocannonRequest {
    readonly headers?: Readonly<Record<string, string>>
  }
  export default function autocannon(options: {
    url: string
    connections: number
    amount: number
    requests: { setupRequest(request: AutocannonRequest): AutocannonRequest }[]
  }): Promise<Result>
}

declare module 'oidc-provider' {
  export default class Provider {
    constructor(issuer: string, configuration: object)
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
