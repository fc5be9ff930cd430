'use client'

import { useEffect, useRef } from 'react'
import { type Lane, lanes } from '../flow/flow-arrows.ts'
import type { FlowStepId } from '../flow/flow-steps.ts'
import { type DiagramRow, diagramRows, type RowTone } from './diagram-rows.ts'
import type { FlowState } from './flow-state.ts'

const width = 400
const laneX = [44, 200, 356] as const
const heights = { title: 30, note: 26, arrow: 31 } as const
const top = 44

/** The flow as it happens, as one picture. The row that is shown at the right is lit; each row leads to its exchange. */
export function LiveDiagram(props: {
  state: FlowState
  shown: number
  onSelect: (stepId: FlowStepId, number?: number) => void
}) {
  const { state, shown, onSelect } = props
  const rows = diagramRows(state)
  const tops = rows.map((_, at) => rows.slice(0, at).reduce((sum, row) => sum + heights[row.kind], top))
  const height = (tops.at(-1) ?? top) + 40
  const litAt = rows.findIndex((row) => row.kind !== 'title' && isLit(row))
  const scroller = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const box = scroller.current
    if (box && litAt >= 0)
      box.scrollTop = ((tops[litAt] ?? 0) / width) * box.clientWidth - box.clientHeight / 3
  })

  function isLit(row: DiagramRow): boolean {
    if (row.stepId !== state.selected) return false
    return row.number === undefined || row.number === shown
  }

  return (
    <div ref={scroller} className="max-h-[34rem] overflow-y-auto lg:max-h-[calc(100dvh-13rem)]">
      {/* biome-ignore lint/a11y/useSemanticElements: a picture whose rows are links; no HTML element groups inside SVG. */}
      <svg
        viewBox={`0 0 ${width} ${height}`}
        className="h-auto w-full"
        role="group"
        aria-labelledby="live-diagram-title"
        fontSize={12}
      >
        <title id="live-diagram-title">
          The flow as it went, between this browser, the authorization server and the resource API. Each row
          shows its exchange.
        </title>
        {lanes.map((lane, index) => (
          <Lifeline key={lane.name} x={laneX[index as Lane]} name={lane.short} bottom={height - 6} />
        ))}
        {rows.map((row, at) => (
          <Row
            key={`${row.stepId} ${row.kind} ${row.number} ${row.from} ${row.label}`}
            row={row}
            y={tops[at] ?? 0}
            lit={isLit(row)}
            onSelect={() => onSelect(row.stepId, row.number)}
          />
        ))}
      </svg>
    </div>
  )
}

function Lifeline({ x, name, bottom }: { x: number; name: string; bottom: number }) {
  return (
    <g>
      <line x1={x} x2={x} y1={32} y2={bottom} className="stroke-border" strokeDasharray="3 4" />
      <rect x={x - 42} y={4} width={84} height={26} rx={7} className="fill-surface stroke-border" />
      <text x={x} y={21} textAnchor="middle" fontWeight={600} className="fill-text">
        {name}
      </text>
    </g>
  )
}

const inks: Record<RowTone, { readonly text: string; readonly stroke: string }> = {
  planned: { text: 'fill-muted', stroke: 'stroke-border' },
  waiting: { text: 'fill-accent', stroke: 'stroke-accent' },
  plain: { text: 'fill-text', stroke: 'stroke-accent' },
  ok: { text: 'fill-ok', stroke: 'stroke-ok' },
  warn: { text: 'fill-warn', stroke: 'stroke-warn' },
  bad: { text: 'fill-bad', stroke: 'stroke-bad' },
}

function Row(props: { row: DiagramRow; y: number; lit: boolean; onSelect: () => void }) {
  const { row, y, lit, onSelect } = props
  const height = heights[row.kind]
  const hash = row.number === undefined ? row.stepId : `${row.stepId}.${row.number + 1}`
  return (
    <a
      href={`#${hash}`}
      aria-current={lit && row.kind !== 'title' ? 'true' : undefined}
      onClick={(event) => {
        event.preventDefault()
        onSelect()
      }}
      className="group"
    >
      <rect
        x={1}
        y={y}
        width={width - 2}
        height={height}
        rx={5}
        className={
          lit && row.kind !== 'title' ? 'fill-accent-soft' : 'fill-transparent group-hover:fill-surface-2'
        }
      />
      {row.kind === 'title' ? (
        <Text x={8} y={y + 21} className={row.tone === 'planned' ? 'fill-muted' : 'fill-text'} bold>
          {row.label}
        </Text>
      ) : (
        <>
          <Text
            x={Math.min(laneX[row.from], laneX[row.to]) + 12}
            y={y + (row.kind === 'note' ? 17 : 14)}
            className={inks[row.tone].text}
            bold={lit}
          >
            {row.label}
          </Text>
          {row.kind === 'note' ? (
            <circle
              cx={laneX[row.from]}
              cy={y + 13}
              r={4.5}
              className={`${inks[row.tone].stroke} fill-surface`}
              strokeWidth={2}
            />
          ) : (
            <Arrow row={row} y={y + 22} lit={lit} />
          )}
        </>
      )}
    </a>
  )
}

/** Text that stands on a lifeline keeps a margin of surface around it. */
function Text(props: { x: number; y: number; className: string; bold: boolean; children: string }) {
  return (
    <text
      x={props.x}
      y={props.y}
      fontWeight={props.bold ? 600 : 400}
      className={`stroke-surface ${props.className}`}
      strokeWidth={4}
      strokeLinejoin="round"
      paintOrder="stroke"
    >
      {props.children}
    </text>
  )
}

function Arrow({ row, y, lit }: { row: DiagramRow; y: number; lit: boolean }) {
  const [x1, x2] = [laneX[row.from], laneX[row.to]]
  const inward = x2 > x1 ? -7 : 7
  const dashes = { planned: '2 4', waiting: '6 4' }[row.tone as string]
  return (
    <g
      className={inks[row.tone].stroke}
      fill="none"
      strokeWidth={lit ? 2.5 : 1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <line x1={x1} x2={x2} y1={y} y2={y} strokeDasharray={dashes} />
      <path d={`M${x2 + inward} ${y - 4} ${x2} ${y} ${x2 + inward} ${y + 4}`} />
    </g>
  )
}
