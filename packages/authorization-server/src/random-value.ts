import { base64url } from 'jose'

/** 256 random bits behind a prefix that people, logs and secret scanners recognise. */
export function randomValue(
  prefix:
    | 'code_'
    | 'at_'
    | 'rt_'
    | 'urn:ietf:params:oauth:request_uri:'
    | 'txn_'
    | 'grant_'
    | 'client_'
    | 'cs_'
    | 'rat_'
    | '',
): string {
  return prefix + base64url.encode(crypto.getRandomValues(new Uint8Array(32)))
}
