import cases from '@keybound/spec/cases.json' with { type: 'json' }
import companions from '@keybound/spec/companions.json' with { type: 'json' }
import operations from '@keybound/spec/operations.json' with { type: 'json' }
import rfc9449 from '@keybound/spec/rfc9449.json' with { type: 'json' }
import { test } from 'vitest'

const known: ReadonlySet<string> = new Set(
  [...rfc9449, ...companions, ...operations, ...cases].map((row) => row.id),
)

/**
 * A vitest test that proves one or more clauses of the catalogue (`spec/rfc9449.json`, `spec/companions.json`, `spec/operations.json`) or one of its
 * cases (`spec/cases.json`, rows such as `S-002`). The ids end its title, `refuses a proof made for another method
 * (DPOP-4.3-08)`, and from there the coverage takes them. Give the ids as literals: the coverage also reads the source.
 *
 * @throws TypeError at definition, where no catalogue has the id.
 */
export function requirement(
  ids: string | readonly string[],
  title: string,
  fn: () => void | Promise<void>,
  timeout?: number,
): void {
  test(titleOf(ids, title), fn, timeout)
}

/** The title with its ids, for runners other than vitest (`test(titleOf('DPOP-7.2-01', '…'), …)`). Throws TypeError for an unknown id. */
export function titleOf(ids: string | readonly string[], title: string): string {
  const list = typeof ids === 'string' ? [ids] : ids
  if (list.length === 0) throw new TypeError(`No requirement id for: ${title}`)
  for (const id of list) {
    if (!known.has(id)) throw new TypeError(`Unknown requirement id: ${id}`)
  }
  return `${title} (${list.join(', ')})`
}
