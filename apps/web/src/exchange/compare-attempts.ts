import { type Exchange, proofOf } from '@keybound/exchange'
import { decodeProof } from '../proof/decode-proof.ts'

export interface ComparedPart {
  /** Where it stands: `method`, `header content-type`, `form code`, `proof nonce`. */
  readonly name: string
  readonly before?: string
  readonly after?: string
  readonly change: 'same' | 'changed' | 'added' | 'gone'
}

/** Two attempts at one request, part by part, in the order of the later one; what only the earlier one had comes last. */
export function compareAttempts(before: Exchange, after: Exchange): ComparedPart[] {
  const earlier = partsOf(before)
  const later = partsOf(after)
  const names = [...new Set([...later.keys(), ...earlier.keys()])]
  return names.map((name) => {
    const [one, other] = [earlier.get(name), later.get(name)]
    return {
      name,
      ...(one !== undefined && { before: one }),
      ...(other !== undefined && { after: other }),
      change: one === other ? 'same' : one === undefined ? 'added' : other === undefined ? 'gone' : 'changed',
    }
  })
}

/** The proof counts by its members: as a text, two proofs differ always. */
function partsOf(exchange: Exchange): Map<string, string> {
  const { method, url, headers, body } = exchange.request
  const proof = decodeProof(proofOf(exchange) ?? '')
  return new Map([
    ['method', method],
    ['URL', url],
    ...headers
      .filter(([name]) => name.toLowerCase() !== 'dpop' || proof === undefined)
      .map(([name, value]) => [`header ${name}`, value] as const),
    ...Array.from(new URLSearchParams(body ?? ''), ([name, value]) => [`form ${name}`, value] as const),
    ...Object.entries({ ...proof?.header, ...proof?.payload }).map(
      ([name, value]) =>
        [`proof ${name}`, typeof value === 'string' ? value : JSON.stringify(value)] as const,
    ),
  ])
}
