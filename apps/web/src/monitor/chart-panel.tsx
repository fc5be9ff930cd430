'use client'

import dynamic from 'next/dynamic'
import { DataTable } from '../components/data-table.tsx'
import { Fold } from '../components/fold.tsx'
import { Panel } from '../components/panel.tsx'
import type { Series } from './stacked-bars.tsx'

/** Recharts comes after the page: what it shows stands in the tables already. */
const StackedBars = dynamic(() => import('./stacked-bars.tsx'), {
  ssr: false,
  loading: () => <div className="h-52" />,
})

/** A chart and its twin, which leaves out the rows in which nothing was counted. Each row has an `x` and a number for each series. */
export function ChartPanel(props: {
  id: string
  title: string
  x: string
  rows: readonly Readonly<Record<string, string | number>>[]
  series: readonly Series[]
  /** How a number is written in the table. */
  format?: (value: number) => string
}) {
  const { id, title, x, rows, series, format = String } = props
  return (
    <Panel title={title} id={id}>
      <StackedBars rows={rows} series={series} />
      <Fold summary="As a table" className="mt-3 text-sm">
        <DataTable
          caption={title}
          columns={[x, ...series.map(({ name }) => name)]}
          empty="Nothing was counted."
          rows={rows
            .filter((row) => series.some(({ key }) => row[key]))
            .map((row) => ({
              key: String(row.x),
              cells: [row.x, ...series.map(({ key }) => format(Number(row[key] ?? 0)))],
            }))}
        />
      </Fold>
    </Panel>
  )
}
