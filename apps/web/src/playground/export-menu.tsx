'use client'

import type { Exchange } from '../exchange/exchange.ts'

export function ExportMenu({ exchanges }: { exchanges: readonly Exchange[] }) {
  return <span hidden>{exchanges.length}</span>
}
