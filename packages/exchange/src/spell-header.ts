const spelled: Readonly<Record<string, string>> = {
  dpop: 'DPoP',
  'dpop-nonce': 'DPoP-Nonce',
  'www-authenticate': 'WWW-Authenticate',
  etag: 'ETag',
}

/** The name of a header in the spelling of the specifications, where it came in lower case. */
export function spellHeader(name: string): string {
  return spelled[name] ?? name.replace(/(^|-)[a-z]/g, (part) => part.toUpperCase())
}
