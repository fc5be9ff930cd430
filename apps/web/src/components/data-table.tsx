import type { ReactNode } from 'react'

/** Rows that scroll in their own box. The first cell of a row is its heading. */
export function DataTable(props: {
  caption: string
  columns: readonly string[]
  rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[]
  /** What to say where there are no rows. */
  empty?: string
  /** A long table scrolls in its own box, its head in sight. */
  tall?: boolean
}) {
  if (props.rows.length === 0) return <p className="text-muted text-sm">{props.empty ?? 'Nothing yet.'}</p>
  const name = `${props.caption}, as a table`
  const scrolls = props.tall ? 'max-h-[34rem] overflow-auto' : 'overflow-x-auto'
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (axe: scrollable-region-focusable).
    <section aria-label={name} tabIndex={0} className={`rounded-lg border ${scrolls}`}>
      <table className="w-full border-collapse text-left text-sm">
        <caption className="sr-only">{props.caption}</caption>
        <thead className="sticky top-0">
          <tr className="bg-surface-2 text-muted">
            {props.columns.map((column) => (
              <th key={column} scope="col" className="whitespace-nowrap px-3 py-1.5 font-medium">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y">
          {props.rows.map(({ key, cells: [first, ...rest] }) => (
            <tr key={key}>
              <th scope="row" className="px-3 py-1.5 align-top font-normal">
                {first}
              </th>
              {rest.map((cell, index) => (
                <td key={props.columns[index + 1]} className="px-3 py-1.5 align-top">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
