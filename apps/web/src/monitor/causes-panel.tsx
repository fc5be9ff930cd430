import type { FeedEvent } from '@keybound/monitoring'
import { Moment } from '../components/moment.tsx'
import { Panel } from '../components/panel.tsx'
import { Status } from '../components/status.tsx'
import { causesOf401, isCheckId } from './causes.ts'

/** “Why so many 401s?”: the last five minutes by cause, with what to do. */
export function CausesPanel({ events, now }: { events: readonly FeedEvent[]; now: number }) {
  const causes = causesOf401(events, now)
  return (
    <Panel title="Why so many 401s?" id="causes">
      {causes.length === 0 ? (
        <p className="text-muted">None in the last five minutes.</p>
      ) : (
        <ol className="grid gap-4">
          {causes.map((cause) => (
            <li key={cause.check}>
              <p className="flex flex-wrap items-baseline gap-x-3">
                <strong className="font-semibold text-lg">{cause.count}</strong>
                {isCheckId(cause.check) ? (
                  <a href={`/checks/${cause.check}`} className="text-text underline underline-offset-2">
                    <code>{cause.check}</code>
                  </a>
                ) : (
                  <code>{cause.check}</code>
                )}
                <Status tone={cause.normal ? 'warn' : 'bad'}>
                  {cause.normal ? 'A question' : 'A refusal'}
                </Status>
                <span className="text-muted text-sm">
                  {cause.clients.length > 0 && `from ${cause.clients.join(', ')}, `}last{' '}
                  <Moment at={cause.last} timeOnly />
                </span>
              </p>
              {cause.fix && <p className="mt-0.5 text-muted">{cause.fix}</p>}
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}
