import type { Draft } from '../draft.ts'
import type { Random } from '../random.ts'
import type { Mutation } from './mutation.ts'

/** Other spellings of the same target (RFC 3986 §6.2.2, §6.2.3), and targets that only look the same. */
export const uriMutations: readonly Mutation[] = [
  same('upper-case scheme and host', (uri) =>
    uri.replace(/^[^/]*\/\/[^/?#]*/, (origin) => origin.toUpperCase()),
  ),
  same('default port', (uri) =>
    uri.replace(
      /^(https?):\/\/((?:\[[^\]]*\]|[^/?#:])+)(?=[/?#]|$)/i,
      (_, scheme, host) => `${scheme}://${host}:${scheme.toLowerCase() === 'https' ? 443 : 80}`,
    ),
  ),
  same('empty port', (uri) => uri.replace(/^([^/]*\/\/(?:\[[^\]]*\]|[^/?#:])+)(?=[/?#]|$)/, '$1:')),
  same('query', (uri, random) => `${uri}?${random.text(5)}=/../%zz`.replace('%zz', '%2e')),
  same('fragment', (uri, random) => `${uri}#${random.text(5)}`),
  same('dot segment', (uri, random) =>
    uri.replace(/^([^/]*\/\/[^/?#]*)\//, `$1/${random.pick(['./', 'a/../', 'a/b/../../', '../'])}`),
  ),
  same('needless escape', (uri) => escapeOne(uri, 'upper')),
  same('needless escape in lower case', (uri) => escapeOne(uri, 'lower')),
  same('lower-case hex', (uri) => uri.replace(/%[0-9A-F]{2}/g, (escaped) => escaped.toLowerCase())),
  other('trailing slash', (uri) => `${uri}/`),
  other('suffix', (uri) => `${uri}2`),
  other('prefix', (uri) => uri.slice(0, -1)),
  other('other case of the path', (uri) => uri.slice(0, -1) + uri.slice(-1).toUpperCase()),
  other('double slash', (uri) => uri.replace(/([^/:])\//, '$1//')),
  other('other scheme', (uri, random) =>
    uri.replace(/^[a-z]+/, random.pick(['http', 'https', 'ftp', 'HTTPS', 'ws'])),
  ),
  other('userinfo', (uri, random) =>
    uri.replace('://', random.pick(['://user@', '://user:pw@', '://@', '://a%40'])),
  ),
  other('port', (uri, random) =>
    uri.replace(
      /(:\d+)?(?=[/?#]|$)(?<=\/\/[^/]*)/,
      random.pick([':0', ':80', ':443', ':0443', ':65536', ':-1', ':8e3']),
    ),
  ),
  other('another host', (uri, random) =>
    uri.replace(
      /\/\/[^/?#]*/,
      `//${random.pick(['evil.test', 'server.example.com.', '0x7f.1', '2130706433', '127.1', '[::0001]', '[0:0:0:0:0:0:0:1]:8443', 'bücher.example', 'xn--BCHER-kva.example', 'server.example.com%00', '%73erver.example.com', ''])}`,
    ),
  ),
  other('encoded separator', (uri) => uri.replace(/\/(?=[^/]*$)/, '%2F')),
  other('control or foreign character', (uri, random) =>
    insert(
      uri,
      random.pick(['\t', '\n', '\\', ' ', '\u0000', 'é', '\u212a', '%', '%2', '%zz', '|', '^', '"', '<']),
      random,
    ),
  ),
  other('relative', (uri, random) =>
    random.pick([
      uri.replace(/^https?:\/\/[^/]*/, ''),
      uri.replace(/^[a-z]+:/, ''),
      uri.replace('//', '/'),
      uri.replace('://', ':\\\\'),
    ]),
  ),
]

function same(name: string, change: (uri: string, random: Random) => string): Mutation {
  return { name: `htu: ${name}`, harmless: true, apply: (draft, random) => edit(draft, random, change) }
}

function other(name: string, change: (uri: string, random: Random) => string): Mutation {
  return { name: `htu: ${name}`, apply: (draft, random) => edit(draft, random, change) }
}

function edit(draft: Draft, random: Random, change: (uri: string, random: Random) => string): void {
  const { htu } = draft.claims
  if (typeof htu === 'string') draft.claims.htu = change(htu, random)
}

function escapeOne(uri: string, hex: 'upper' | 'lower'): string {
  return uri.replace(
    /^([^/]*\/\/[^/?#]*\/(?:[^%?#]*?\/)?)([A-Za-z0-9~_-])/,
    (_, before: string, letter: string) => {
      const code = letter.charCodeAt(0).toString(16)
      return `${before}%${hex === 'upper' ? code.toUpperCase() : code}`
    },
  )
}

function insert(uri: string, what: string, random: Random): string {
  const at = random.int(0, uri.length)
  return uri.slice(0, at) + what + uri.slice(at)
}
