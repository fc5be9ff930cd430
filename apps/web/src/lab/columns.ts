/** The columns of the matrix, as the lab names them. */
export const columns = ['bearer', 'dpop-without-nonce', 'dpop', 'defence-off'] as const
export type Column = (typeof columns)[number]

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
