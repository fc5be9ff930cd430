/** What a defender wants to be woken by. */
export type SecurityEvent = 'replay seen' | 'refresh reuse' | 'downgrade tried' | 'key mismatch'

const events: Readonly<Record<string, SecurityEvent>> = {
  'jti.unused': 'replay seen',
  'refresh.reused': 'refresh reuse',
  'scheme.match': 'downgrade tried',
  'jkt.match': 'key mismatch',
  'code.jkt': 'key mismatch',
  'par.jkt': 'key mismatch',
  'refresh.jkt': 'key mismatch',
}

/** The event that a refusal by this rule is, if it is one. */
export function securityEventOf(check: string | undefined): SecurityEvent | undefined {
  return check === undefined ? undefined : events[check]
}
