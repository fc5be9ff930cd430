import { type AttackOutcome, type Exchange, refusalOf } from '@keybound/exchange'
import { Fold } from '../components/fold.tsx'
import { Status } from '../components/status.tsx'
import { ExchangeHeadline } from '../exchange/exchange-headline.tsx'
import { ExchangeTabs } from '../exchange/exchange-tabs.tsx'
import { Rejection } from '../verdict/rejection.tsx'
import { labelOf } from './label-of-column.ts'

/** What came of an attack, and both lanes of what went over the wire. */
export function OutcomeView({ outcome }: { outcome: AttackOutcome }) {
  return (
    <div className="grid gap-4">
      <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1 text-lg">
        <OutcomeStatus outcome={outcome} />
        <span className="text-muted text-sm">{outcome.took} ms</span>
      </p>
      {outcome.measured && (
        <p>
          {outcome.measured.what}: <strong className="font-semibold">{outcome.measured.before}</strong>{' '}
          before, <strong className="font-semibold">{outcome.measured.after}</strong> after.
        </p>
      )}
      <div className="grid items-start gap-4 md:grid-cols-2">
        <Lane who="victim" title="The victim" outcome={outcome} />
        <Lane who="thief" title="The thief" outcome={outcome} />
      </div>
    </div>
  )
}

/** For the attacker's side: stopped is good, succeeded is bad. */
export function OutcomeStatus({ outcome: { result, by, asExpected } }: { outcome: AttackOutcome }) {
  if (result === 'not applicable') return <Status tone="muted">Nothing to attack</Status>
  const unexpected = asExpected ? '' : ' (not what the lab expects!)'
  if (result === 'succeeded') return <Status tone="bad">{`The attack succeeded${unexpected}`}</Status>
  return <Status tone="ok">{`Stopped by ${by.join(', ')}${unexpected}`}</Status>
}

function Lane(props: { who: 'victim' | 'thief'; title: string; outcome: AttackOutcome }) {
  const { exchanges, decisive, column } = props.outcome
  const own = exchanges.filter(({ from }) => from === props.who)
  const explained = firstOfEachReason(own.filter(({ id }) => decisive.includes(id)))
  const shown = own.length > 8 ? [...own.slice(0, 3), ...own.slice(-3)] : own
  return (
    // Several outcomes may stand on one page, and each landmark wants a name of its own.
    <section aria-label={`${props.title}, ${labelOf(column)}`} className="min-w-0 rounded-lg border">
      <h3 className="border-b bg-surface-2 px-3 py-2 font-semibold">{props.title}</h3>
      {own.length === 0 && <p className="px-3 py-3 text-muted text-sm">Sends nothing itself.</p>}
      <ol className="divide-y">
        {shown.map((exchange, index) => (
          <li key={exchange.id} className="min-w-0 px-3 py-3">
            {own.length > shown.length && index === 3 && (
              <p className="mb-3 text-muted text-sm">… {own.length - shown.length} more of the same …</p>
            )}
            <Step
              exchange={exchange}
              decides={decisive.includes(exchange.id)}
              explained={explained.includes(exchange.id)}
            />
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Ids: a rule is explained where it first refuses. */
function firstOfEachReason(exchanges: readonly Exchange[]): readonly string[] {
  const reasons = exchanges.map((exchange) => refusalOf(exchange)?.reason)
  return exchanges.filter((_, index) => reasons.indexOf(reasons[index]) === index).map(({ id }) => id)
}

function Step(props: { exchange: Exchange; decides: boolean; explained: boolean }) {
  const { exchange, decides, explained } = props
  return (
    <div className="grid gap-1.5">
      <p className={decides ? 'font-semibold' : ''}>
        {exchange.step} {decides && <span className="font-normal text-muted text-sm">(the attack)</span>}
      </p>
      <ExchangeHeadline exchange={exchange} />
      {explained && <Rejection exchange={exchange} />}
      <Fold summary="What went over the wire" bare className="text-sm">
        <ExchangeTabs exchange={exchange} sender="the lab" />
      </Fold>
    </div>
  )
}
