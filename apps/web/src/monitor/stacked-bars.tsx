'use client'

import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, XAxis, YAxis } from 'recharts'

export interface Series {
  readonly key: string
  readonly name: string
  readonly color: string
}

/** Bars, one upon the other where there are several series. A picture: its twin, the table, says the same in words. */
export default function StackedBars(props: {
  rows: readonly Readonly<Record<string, string | number>>[]
  series: readonly Series[]
}) {
  return (
    <div aria-hidden="true" className="h-52 text-xs">
      <ResponsiveContainer width="100%" height="100%">
        <BarChart
          data={[...props.rows]}
          margin={{ top: 4, right: 4, bottom: 0, left: -16 }}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--border)" />
          <XAxis dataKey="x" stroke="var(--muted)" tickLine={false} minTickGap={16} />
          <YAxis
            stroke="var(--muted)"
            tickLine={false}
            axisLine={false}
            allowDecimals={props.series.length === 2}
          />
          {props.series.length > 1 && <Legend />}
          {props.series.map(({ key, name, color }) => (
            <Bar key={key} dataKey={key} name={name} stackId="all" fill={color} isAnimationActive={false} />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </div>
  )
}
