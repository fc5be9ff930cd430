/** What must never stand in a log, even where an error message of a library holds it: JWTs, and our opaque values by their prefixes. */
const secrets = [
  /\beyJ[\w-]*\.[\w-]*(?:\.[\w-]*)*/g,
  /\b(?:code|rt|at|br|se|txn|cs|rat)_[\w-]{16,}/g,
  /\burn:ietf:params:oauth:request_uri:[\w-]+/g,
  /\$argon2\w*\$\S+/g,
]

export function redact(text: string): string {
  return secrets.reduce((redacted, pattern) => redacted.replace(pattern, '[redacted]'), text)
}
