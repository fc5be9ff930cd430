import type { Column } from '@keybound/exchange'

const labels: Readonly<Record<Column, string>> = {
  bearer: 'Bearer',
  'dpop-without-nonce': 'DPoP without nonce',
  dpop: 'DPoP',
  'defence-off': 'DPoP, defence off',
}

/** The column for people. */
export function labelOf(column: Column): string {
  return labels[column]
}
