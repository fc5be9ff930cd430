import type { Exchange } from '@keybound/exchange'
import { Fold } from '../components/fold.tsx'
import { Status } from '../components/status.tsx'
import { ExchangeHeadline } from '../exchange/exchange-headline.tsx'
import { ExchangeTabs } from '../exchange/exchange-tabs.tsx'
import type { AttackOutcome } from './lab-api.ts'

/** What came of an attack, and both lanes of what went over the wire. */
export function OutcomeView({ outcome }: { outcome: AttackOutcome }) {
  return (
    <div className="grid gap-4">
      <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1 text-lg">
        <OutcomeStatus outcome={outcome} />
        <span className="text-muted text-sm">{outcome.took} ms</span>
      </p>
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
  const { exchanges, decisive } = props.outcome
  const own = exchanges.filter(({ from }) => from === props.who)
  const shown = own.length > 8 ? [...own.slice(0, 3), ...own.slice(-3)] : own
  return (
    <section aria-label={`Lane: ${props.title}`} className="min-w-0 rounded-lg border">
      <h3 className="border-b bg-surface-2 px-3 py-2 font-semibold">{props.title}</h3>
      {own.length === 0 && <p className="px-3 py-3 text-muted text-sm">Sends nothing here.</p>}
      <ol className="grid gap-3 px-3 py-3">
        {shown.map((exchange, index) => (
          <li key={exchange.id} className="min-w-0">
            {own.length > shown.length && index === 3 && (
              <p className="mb-3 text-muted text-sm">… {own.length - shown.length} more of the same …</p>
            )}
            <Step exchange={exchange} decides={decisive.includes(exchange.id)} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Step({ exchange, decides }: { exchange: Exchange; decides: boolean }) {
  return (
    <div className="grid gap-1.5">
      <p className={decides ? 'font-semibold' : ''}>
        {exchange.step} {decides && <span className="font-normal text-muted text-sm">(the attack)</span>}
      </p>
      <ExchangeHeadline exchange={exchange} />
      <Fold summary="What went over the wire">
        <ExchangeTabs exchange={exchange} sender="the lab" />
      </Fold>
    </div>
  )
}
