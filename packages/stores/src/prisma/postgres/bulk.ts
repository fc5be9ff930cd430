import type pg from 'pg'

export type Client = Pick<pg.ClientBase, 'query'>

/** Makes writes of one kind with one statement; says for each, in their order, whether its condition held. */
export type Bulk<Write> = (client: Client, writes: readonly Write[]) => Promise<readonly boolean[]>

/** A statement over `asked`, the rows of the writes and their ordinal, that gives the ordinals of those which held. */
export function changing<Write>(
  name: string,
  sql: string,
  columns: string,
  rowOf: (write: Write) => readonly unknown[],
): Bulk<Write> {
  return prepared(name, `WITH ${asked(columns, '*')} ${sql}`, columns, rowOf)
}

/** An INSERT from `asked` that gives the `id` of what it inserted; of two with one id the second does not hold. */
export function inserting<Write>(
  name: string,
  sql: string,
  columns: string,
  rowOf: (write: Write) => readonly unknown[],
): Bulk<Write> {
  const text = `WITH ${asked(columns, 'DISTINCT ON (id) *')}, made AS (${sql}) SELECT ordinal FROM asked JOIN made USING (id)`
  return prepared(name, text, columns, rowOf)
}

/** Writes that hold even where they change nothing. */
export function always<Write>(bulk: Bulk<Write>): Bulk<Write> {
  return async (client, writes) => {
    await bulk(client, writes)
    return writes.map(() => true)
  }
}

/** `columns` is a list such as `text id, float8 at`: an array each, side by side. */
function asked(columns: string, select: string): string {
  const list = columns.split(', ').map((column) => column.split(' '))
  const arrays = list.map(([type], i) => `$${i + 1}::${type}[]`).join(', ')
  const names = list.map(([, name]) => name).join(', ')
  const rows = `unnest(${arrays}) WITH ORDINALITY AS w (${names}, ordinal)`
  return `asked AS (SELECT ${select} FROM ${rows} ORDER BY id, ordinal)`
}

function prepared<Write>(
  name: string,
  text: string,
  columns: string,
  rowOf: (write: Write) => readonly unknown[],
): Bulk<Write> {
  const width = columns.split(', ').length
  return async (client, writes) => {
    const table = writes.map(rowOf)
    const values = Array.from({ length: width }, (_, column) => table.map((row) => row[column]))
    const { rows } = await client.query<{ ordinal: string }>({ name, text, values })
    const held = new Set(rows.map(({ ordinal }) => Number(ordinal)))
    return writes.map((_, i) => held.has(i + 1))
  }
}
