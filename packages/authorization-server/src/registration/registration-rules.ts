import type { Rule } from '../rule.ts'

/** Who may register a client, and what its metadata may say. */
export const registrationRules = {
  'registration.token': {
    clause: 'RFC 7591 §3.1',
    code: 'invalid_token',
    says: 'Registering needs the initial access token of this server, as Bearer.',
  },
  'registration.owner': {
    clause: 'RFC 7592 §2',
    code: 'invalid_token',
    says: 'There is no such client, or this is not its registration access token.',
  },
  'registration.rate': {
    clause: 'RFC 7591 §5',
    code: 'temporarily_unavailable',
    says: 'Too many clients have registered within an hour.',
  },
  'redirect_uris.valid': {
    clause: 'RFC 7591 §5',
    code: 'invalid_redirect_uri',
    says: 'A redirect URI is https, or http on the loopback address, and written plainly: no fragment, user or wildcard.',
  },
  'redirect_uris.present': {
    clause: 'RFC 7591 §2',
    code: 'invalid_redirect_uri',
    says: 'A client of the authorization code grant has at least one redirect URI.',
  },
  'client_metadata.form': {
    clause: 'RFC 7591 §3.1',
    code: 'invalid_client_metadata',
    says: 'Client metadata is one JSON object, sent as application/json.',
  },
  'client_metadata.valid': {
    clause: 'RFC 7591 §2',
    code: 'invalid_client_metadata',
    says: 'A member of the client metadata has the wrong type, or a value that this server does not support.',
  },
  'client_metadata.agrees': {
    clause: 'RFC 7591 §2.1',
    code: 'invalid_client_metadata',
    says: 'Members of the client metadata contradict each other.',
  },
  'client_metadata.keys': {
    clause: 'RFC 7591 §2',
    code: 'invalid_client_metadata',
    says: 'jwks holds up to 20 public keys of the algorithms of this server, each kid once, and never beside jwks_uri.',
  },
  'client_metadata.scope': {
    clause: 'RFC 7591 §2',
    code: 'invalid_client_metadata',
    says: 'scope names something that this server does not know.',
  },
  'client_metadata.client': {
    clause: 'RFC 7592 §2.2',
    code: 'invalid_client_metadata',
    says: 'An update names its own client_id, and no other client_secret than the current one.',
  },
} as const satisfies Readonly<Record<string, Rule>>
