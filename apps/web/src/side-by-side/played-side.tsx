import type { AttackOutcome, Exchange } from '@keybound/exchange'
import { Fold } from '../components/fold.tsx'
import { Status } from '../components/status.tsx'
import { ExchangeHeadline } from '../exchange/exchange-headline.tsx'
import { RequestView, ResponseView } from '../exchange/request-view.tsx'
import { Rejection } from '../verdict/rejection.tsx'

/** One side of a theft: what the victim did, and the thief's row with what came of it. */
export function PlayedSide(props: { name: string; theft: string; played: AttackOutcome }) {
  const { name, played } = props
  const lane = (from: string) => played.exchanges.filter((exchange) => exchange.from === from)
  return (
    <section
      aria-label={`${name}: ${props.theft}`}
      className="grid content-start gap-3 rounded-lg border px-3 py-2.5"
    >
      <header className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h4 className="font-semibold">{name}</h4>
        <Worth played={played} />
      </header>
      <Lane who="You" exchanges={lane('victim')} />
      <Lane who="Thief" exchanges={lane('thief')} />
    </section>
  )
}

function Worth({ played }: { played: AttackOutcome }) {
  if (played.result === 'succeeded') return <Status tone="bad">the copy is as good as the token</Status>
  return <Status tone="ok">the copy is worth nothing: {played.by.join(', ')}</Status>
}

function Lane({ who, exchanges }: { who: string; exchanges: readonly Exchange[] }) {
  return (
    <div className="grid gap-1.5 sm:grid-cols-[3.5rem_minmax(0,1fr)]">
      <span className={`text-sm ${who === 'Thief' ? 'font-medium text-bad' : 'text-muted'}`}>{who}</span>
      <ul className="grid gap-1.5">
        {exchanges.length === 0 && <li className="text-muted text-sm">nothing</li>}
        {exchanges.map((exchange) => (
          <li key={exchange.id} className="grid gap-1.5 text-sm">
            <ExchangeHeadline exchange={exchange} />
            {who === 'Thief' && (
              <>
                <Rejection exchange={exchange} />
                <Fold summary="The request and the answer">
                  <div className="grid gap-2">
                    <RequestView exchange={exchange} />
                    <ResponseView exchange={exchange} />
                  </div>
                </Fold>
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
