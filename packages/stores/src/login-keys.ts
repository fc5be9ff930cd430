import { recordKey } from './record-key.ts'

/** Names and addresses are nobody's business in a store that only counts. */
export function accountKey(account: string): Buffer {
  return recordKey(`account ${account}`)
}

export function sourceKey(source: string): Buffer {
  return recordKey(`source ${source}`)
}
