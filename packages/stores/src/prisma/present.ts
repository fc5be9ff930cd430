type Nullable<Row> = { [Name in keyof Row]: null extends Row[Name] ? Name : never }[keyof Row]

/** A row whose NULL columns are absent members. */
export type Present<Row> = { [Name in Exclude<keyof Row, Nullable<Row>>]: Row[Name] } & {
  [Name in Nullable<Row>]?: Exclude<Row[Name], null>
}

export function present<Row extends object>(row: Row): Present<Row> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Present<Row>
}
