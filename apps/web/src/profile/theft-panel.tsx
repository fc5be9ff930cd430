import { type Exchange, redact } from '@keybound/exchange'
import { buttonLook } from '../components/button.tsx'
import { Panel } from '../components/panel.tsx'
import { ExchangeHeadline } from '../exchange/exchange-headline.tsx'
import { RequestView, ResponseView } from '../exchange/request-view.tsx'
import { Rejection } from '../verdict/rejection.tsx'
import { type Attempt, attempts } from './profile-client.ts'

const words: Record<Attempt, { readonly link: string; readonly why: string }> = {
  bearer: {
    link: 'Send it as Bearer',
    why: 'The token says that it is bound to a key, so it is refused without a proof, whatever the scheme.',
  },
  replay: {
    link: 'Send the same proof again',
    why: 'A proof works once. The resource API remembers its jti for as long as it could be accepted.',
  },
  'other-key': {
    link: 'Sign with another key',
    why: 'The proof is sound, but it was not made by the key in the token.',
  },
}

/** Links, so that it works without script; each is a real request to the API with this session's token. */
export function TheftPanel({ theft }: { theft: { attempt: Attempt; exchange: Exchange } | undefined }) {
  return (
    <Panel title="What a thief could do" id="theft">
      <div className="grid gap-3">
        <p className="text-muted text-sm">
          Suppose somebody has this session’s access token. Each of these really sends it:
        </p>
        <ul className="grid gap-2">
          {attempts.map((attempt) => (
            <li key={attempt}>
              <a
                href={`/profile?attempt=${attempt}#theft`}
                aria-current={theft?.attempt === attempt}
                className={`${buttonLook.secondary} w-full aria-[current=true]:border-accent`}
              >
                {words[attempt].link}
              </a>
            </li>
          ))}
        </ul>
        {theft && <Result {...theft} />}
      </div>
    </Panel>
  )
}

function Result({ attempt, exchange }: { attempt: Attempt; exchange: Exchange }) {
  const shown = redact(exchange)
  return (
    <div role="status" className="grid gap-2 border-t pt-3">
      <ExchangeHeadline exchange={exchange} />
      <Rejection exchange={exchange} />
      <p className="text-muted text-sm">{words[attempt].why}</p>
      <details>
        <summary className="text-sm">The request and the answer</summary>
        <div className="mt-2 grid gap-2">
          <RequestView exchange={shown} />
          <ResponseView exchange={shown} />
        </div>
      </details>
    </div>
  )
}
