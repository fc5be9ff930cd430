/** Two texts, and the part in which they differ: what they share at both ends is left as it is. */
export function splitDifference(
  one: string,
  other: string,
): { before: string; one: string; other: string; after: string } {
  let start = 0
  while (start < Math.min(one.length, other.length) && one[start] === other[start]) start++
  let end = 0
  while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end)) end++
  return {
    before: one.slice(0, start),
    one: one.slice(start, one.length - end),
    other: other.slice(start, other.length - end),
    after: end === 0 ? '' : one.slice(-end),
  }
}

/** Expected and received side by side, the difference marked and underlined; `names` for another pair. */
export function Difference({
  expected,
  received,
  names = ['Expected', 'Received'],
}: {
  expected: string
  received: string
  names?: readonly [string, string]
}) {
  const parts = splitDifference(expected, received)
  const same = expected === received
  return (
    <dl className="mt-1 grid gap-x-4 gap-y-1 text-sm sm:grid-cols-2">
      <Side name={names[0]} before={parts.before} middle={parts.one} after={parts.after} same={same} />
      <Side name={names[1]} before={parts.before} middle={parts.other} after={parts.after} same={same} />
    </dl>
  )
}

function Side(props: { name: string; before: string; middle: string; after: string; same: boolean }) {
  return (
    <div className="min-w-0 rounded-md bg-surface-2 px-2 py-1">
      <dt className="text-muted text-xs">{props.name}</dt>
      <dd className="font-mono text-xs leading-5 [overflow-wrap:anywhere]">
        {props.before}
        {!props.same && props.middle !== '' && (
          <mark className="rounded-sm bg-transparent font-semibold text-inherit underline decoration-2 decoration-bad underline-offset-2">
            {props.middle}
          </mark>
        )}
        {props.after}
      </dd>
    </div>
  )
}
