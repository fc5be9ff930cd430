import type { Exchange } from '../exchange.ts'

/** One exchange, or several, as they are. For others redact them first. */
export function toJson(exchanges: Exchange | readonly Exchange[]): string {
  return JSON.stringify(exchanges, null, 2)
}
