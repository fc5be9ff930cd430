import type { ProofAlg } from '@keybound/dpop/client'

/** What a link to the playground can fix. Nothing of it weakens a server. */
export interface PlaygroundOptions {
  readonly alg: ProofAlg
  /** `kept`: WebCrypto's key pair in IndexedDB. `memory`: in this page alone, gone with it. */
  readonly key: 'kept' | 'memory'
  /** Whether the authorization request is pushed (RFC 9126) or goes in the address. */
  readonly request: 'pushed' | 'plain'
  /** How the code is bound to the key: by a proof at the push, or by its thumbprint as a parameter (RFC 9449 §10). */
  readonly binding: 'proof' | 'dpop_jkt'
}

/** The values that each option takes, the default first. */
export const optionValues = {
  alg: ['ES256', 'Ed25519', 'PS256', 'EdDSA'],
  key: ['kept', 'memory'],
  request: ['pushed', 'plain'],
  binding: ['proof', 'dpop_jkt'],
} as const satisfies { [name in keyof PlaygroundOptions]: readonly PlaygroundOptions[name][] }

export const defaultOptions: PlaygroundOptions = {
  alg: 'ES256',
  key: 'kept',
  request: 'pushed',
  binding: 'proof',
}

/** The options of a link. What is missing or unknown is the default; a plain request cannot carry a proof. */
export function readOptions(query: URLSearchParams): PlaygroundOptions {
  const chosen = Object.entries(optionValues).map(([name, values]) => {
    const value = query.get(name)
    return [name, values.find((one) => one === value) ?? values[0]]
  })
  return consistent(Object.fromEntries(chosen) as unknown as PlaygroundOptions)
}

/** The options with one changed. */
export function withOption(
  options: PlaygroundOptions,
  change: Partial<PlaygroundOptions>,
): PlaygroundOptions {
  return consistent({ ...options, ...change })
}

/** The query that reproduces the options, without the defaults: empty, or beginning with `?`. */
export function optionsQuery(options: PlaygroundOptions): string {
  const query = new URLSearchParams()
  const implied = consistent({ ...defaultOptions, request: options.request })
  for (const [name, value] of Object.entries(options))
    if (value !== defaultOptions[name as keyof PlaygroundOptions]) query.set(name, value)
  if (options.binding === implied.binding) query.delete('binding')
  return query.size === 0 ? '' : `?${query}`
}

function consistent(options: PlaygroundOptions): PlaygroundOptions {
  return options.request === 'plain' ? { ...options, binding: 'dpop_jkt' } : options
}
