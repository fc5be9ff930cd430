'use client'

import type { Exchange } from '@keybound/exchange'

export function ExportMenu({ exchanges }: { exchanges: readonly Exchange[] }) {
  return <span hidden>{exchanges.length}</span>
}
