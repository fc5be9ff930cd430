import { type FlowArrow, flowArrows, lanes } from './flow-arrows.ts'

const layouts = {
  wide: { width: 880, lanes: [120, 440, 760], row: 46, font: 14, labelAt: 'middle', names: 'name' },
  narrow: { width: 310, lanes: [42, 155, 268], row: 48, font: 12, labelAt: 'start', names: 'short' },
} as const
type Layout = (typeof layouts)[keyof typeof layouts]

const top = 56
const dividerHeight = 72

/** Where each row begins; a divider needs more room, for the box of who acts from there on. */
function rowTops(layout: Layout): number[] {
  const heights = flowArrows.map((arrow) => (arrow.kind === 'divider' ? dividerHeight : layout.row))
  return heights.map((_, index) => heights.slice(0, index).reduce((sum, height) => sum + height, top))
}

/** The whole flow as one picture. Two drawings of the same data, of which one is displayed, so that text stays readable on a phone. */
export function SequenceDiagram() {
  return (
    <>
      <Drawing layout={layouts.wide} className="hidden md:block" id="flow-wide" />
      <Drawing layout={layouts.narrow} className="md:hidden" id="flow-narrow" />
    </>
  )
}

function Drawing({ layout, className, id }: { layout: Layout; className: string; id: string }) {
  const tops = rowTops(layout)
  const height = (tops.at(-1) ?? top) + layout.row + 20
  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture whose arrows are links; no HTML element groups inside SVG.
    <svg
      viewBox={`0 0 ${layout.width} ${height}`}
      className={`h-auto w-full ${className}`}
      role="group"
      aria-labelledby={`${id}-title`}
      fontSize={layout.font}
    >
      <title id={`${id}-title`}>
        The flow, from the key to the profile, and what a thief gets. Each arrow links to its step in the
        playground.
      </title>
      {lanes.map((lane, index) => (
        <Lane key={lane.name} x={layout.lanes[index] ?? 0} name={lane[layout.names]} bottom={height - 8} />
      ))}
      {flowArrows.map((arrow, index) => (
        <Row key={keyOf(arrow)} arrow={arrow} y={tops[index] ?? 0} layout={layout} />
      ))}
    </svg>
  )
}

function keyOf(arrow: FlowArrow): string {
  return `${arrow.kind} ${arrow.label}`
}

function Lane({ x, name, bottom }: { x: number; name: string; bottom: number }) {
  return (
    <g>
      <line x1={x} x2={x} y1={36} y2={bottom} className="stroke-border" strokeDasharray="3 4" />
      <ActorBox x={x} y={6} name={name} look="fill-surface stroke-border" text="fill-text" />
    </g>
  )
}

function ActorBox(props: { x: number; y: number; name: string; look: string; text: string }) {
  const width = props.name.length * 7.6 + 24
  return (
    <g>
      <rect x={props.x - width / 2} y={props.y} width={width} height={30} rx={8} className={props.look} />
      <text x={props.x} y={props.y + 20} textAnchor="middle" fontWeight={600} className={props.text}>
        {props.name}
      </text>
    </g>
  )
}

function Row({ arrow, y, layout }: { arrow: FlowArrow; y: number; layout: Layout }) {
  if (arrow.kind === 'divider') return <Divider arrow={arrow} y={y + 6} layout={layout} />
  const tone = arrow.kind === 'arrow' ? (arrow.tone ?? 'plain') : 'plain'
  const fill = { plain: 'fill-text', challenge: 'fill-warn', refused: 'fill-bad', done: 'fill-ok' }[tone]
  return (
    <a href={`/playground#${arrow.step}`} className="group outline-offset-2">
      {arrow.kind === 'note' ? (
        <Note arrow={arrow} y={y} layout={layout} />
      ) : (
        <Arrow arrow={arrow} y={y} layout={layout} />
      )}
      <Label arrow={arrow} y={y + 16} layout={layout} className={`${fill} group-hover:underline`} />
    </a>
  )
}

function Label(props: {
  arrow: Exclude<FlowArrow, { kind: 'divider' }>
  y: number
  layout: Layout
  className: string
}) {
  const { arrow, layout } = props
  if (layout.labelAt === 'start')
    return (
      <Halo x={2} y={props.y} anchor="start" className={props.className}>
        {arrow.label}
      </Halo>
    )
  const x =
    arrow.kind === 'note' ? layout.lanes[arrow.lane] : (layout.lanes[arrow.from] + layout.lanes[arrow.to]) / 2
  const anchor = arrow.kind === 'note' && arrow.lane === 0 ? 'start' : 'middle'
  return (
    <Halo x={anchor === 'start' ? 16 : x} y={props.y} anchor={anchor} className={props.className}>
      {arrow.label}
    </Halo>
  )
}

/** Text that stands on a lifeline keeps a margin of surface around it. */
function Halo(props: {
  x: number
  y: number
  anchor: 'start' | 'middle'
  className: string
  children: string
}) {
  return (
    <text
      x={props.x}
      y={props.y}
      textAnchor={props.anchor}
      className={`stroke-surface ${props.className}`}
      strokeWidth={5}
      strokeLinejoin="round"
      paintOrder="stroke"
    >
      {props.children}
    </text>
  )
}

function Arrow(props: { arrow: Extract<FlowArrow, { kind: 'arrow' }>; y: number; layout: Layout }) {
  const { arrow, layout } = props
  const y = props.y + 26
  const right = arrow.to > arrow.from
  const x1 = layout.lanes[arrow.from]
  const x2 = layout.lanes[arrow.to]
  const head = right
    ? `M${x2 - 8} ${y - 4.5} ${x2 - 1} ${y} ${x2 - 8} ${y + 4.5}`
    : `M${x2 + 8} ${y - 4.5} ${x2 + 1} ${y} ${x2 + 8} ${y + 4.5}`
  const stroke = {
    plain: 'stroke-accent',
    challenge: 'stroke-warn',
    refused: 'stroke-bad',
    done: 'stroke-ok',
  }[arrow.tone ?? 'plain']
  return (
    <g className={stroke} fill="none" strokeWidth={1.75} strokeLinecap="round" strokeLinejoin="round">
      <line x1={x1} x2={x2 + (right ? -2 : 2)} y1={y} y2={y} strokeDasharray={right ? undefined : '6 4'} />
      <path d={head} />
    </g>
  )
}

function Note(props: { arrow: Extract<FlowArrow, { kind: 'note' }>; y: number; layout: Layout }) {
  const x = props.layout.lanes[props.arrow.lane]
  const y = props.y + 27
  return <circle cx={x} cy={y} r={4.5} className="fill-accent" />
}

function Divider(props: { arrow: Extract<FlowArrow, { kind: 'divider' }>; y: number; layout: Layout }) {
  const { arrow, layout, y } = props
  return (
    <g>
      <line x1={0} x2={layout.width} y1={y} y2={y} className="stroke-border" />
      <text x={layout.width - 4} y={y + 20} textAnchor="end" className="fill-muted" fontStyle="italic">
        {arrow.label}
      </text>
      <ActorBox
        x={layout.lanes[0]}
        y={y + 30}
        name={arrow.actor}
        look="fill-surface stroke-bad"
        text="fill-bad"
      />
    </g>
  )
}
