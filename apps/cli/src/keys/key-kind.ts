/** Where the private key of the walk lives. */
export const keyKinds = ['memory', 'file', 'pkcs11', 'browser', 'bff'] as const

export type KeyKind = (typeof keyKinds)[number]

/** Those that the walk holds itself: in a backend for frontend (`bff`) the web app does. */
export type OwnKeyKind = Exclude<KeyKind, 'bff'>

/** Throws TypeError that names the kinds there are. */
export function parseKeyKind(text: string): KeyKind {
  const kind = keyKinds.find((it) => it === text)
  if (kind === undefined) throw new TypeError(`--key is one of ${keyKinds.join(', ')}, not ${text}`)
  return kind
}
