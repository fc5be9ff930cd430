/** The header and payload of a proof, unverified. */
export function decoded(proof: string): {
  header: Record<string, unknown>
  payload: Record<string, unknown>
} {
  const [header = '', payload = ''] = proof.split('.')
  const object = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
  return { header: object(header), payload: object(payload) }
}
