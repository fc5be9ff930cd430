import { buttonLook } from '../components/button.tsx'
import { CodeBox } from '../components/code-box.tsx'
import { Status } from '../components/status.tsx'
import type { FlowState } from './flow-state.ts'
import type { PlaygroundOptions } from './playground-options.ts'

/** The visit to the authorization server: what the address holds, and what the answer was checked for. */
export function VisitFacts(props: {
  visit: FlowState['visit']
  request: PlaygroundOptions['request']
  running: boolean
}) {
  const { visit, running } = props
  if (visit === undefined)
    return (
      <p className="text-muted text-sm">
        {props.request === 'pushed' ? (
          <>
            The address holds <code>client_id</code> and <code>request_uri</code> only: what is asked was
            pushed before, out of sight of the address bar.
          </>
        ) : (
          <>
            The whole request stands in the address, <code>dpop_jkt</code> among it: the code will be good for
            this key only.
          </>
        )}
      </p>
    )
  return (
    <div className="grid gap-4">
      {running && visit.cameBackTo === undefined && (
        <p className="grid justify-items-start gap-3">
          <span>
            The key lives in this page and would go with it. So you sign in in another tab, which hands its
            answer to this one.
          </span>
          <a href={visit.sentTo} target="_blank" rel="noopener" className={buttonLook.primary}>
            Sign in in a new tab
          </a>
        </p>
      )}
      <CodeBox label="The browser is sent to">{visit.sentTo}</CodeBox>
      {visit.cameBackTo !== undefined && (
        <>
          <CodeBox label="And came back to">{visit.cameBackTo}</CodeBox>
          <ul className="grid gap-1 text-sm">
            <li>
              <Status tone="ok">state</Status> is the one that was sent: this answers our own request.
            </li>
            <li>
              <Status tone="ok">iss</Status> is the server that was asked: no other one could mix in an answer
              (RFC 9207).
            </li>
            <li>
              <Status tone="ok">code</Status> works once, for a minute, with this client’s verifier and this
              key only.
            </li>
          </ul>
        </>
      )}
    </div>
  )
}
