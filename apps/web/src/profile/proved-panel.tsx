import { boundTo, type Exchange, proofOf, redact } from '@keybound/exchange'
import { Facts } from '../components/facts.tsx'
import { Fold } from '../components/fold.tsx'
import { Panel } from '../components/panel.tsx'
import { Status } from '../components/status.tsx'
import { CodeView } from '../exchange/code-view.tsx'
import { RequestView, ResponseView } from '../exchange/request-view.tsx'
import { decodePayload } from '../proof/decode-proof.ts'
import { ProofView } from '../proof/proof-view.tsx'
import type { WebSession } from '../session/web-sessions.ts'
import { Outcome, VerdictView } from '../verdict/verdict-view.tsx'

/** How the request for this very page's profile was proved. */
export function ProvedPanel({ exchange, session }: { exchange: Exchange; session: WebSession }) {
  const proof = proofOf(exchange)
  const { verdict } = exchange
  if (proof === undefined) return null
  const payload = decodePayload(proof) ?? {}
  const { jkt } = session.signer
  const bound = boundTo(session.tokens.accessToken)
  const shown = redact(exchange)
  return (
    <Panel title="How this request was proved" id="proof" action={verdict && <Outcome verdict={verdict} />}>
      <div className="grid gap-4">
        <Facts
          facts={[
            { term: 'Proved', value: <code>{`${payload.htm} ${payload.htu}`}</code> },
            { term: 'With the key', value: <code>{jkt}</code> },
            {
              term: 'Token bound to',
              value: (
                <>
                  <code>{bound ?? 'unknown'}</code>{' '}
                  <Status tone={bound === jkt ? 'ok' : 'bad'}>
                    {bound === jkt ? 'the same key' : 'another key'}
                  </Status>
                </>
              ),
            },
            { term: 'Token hash (ath)', value: <code>{String(payload.ath ?? 'none')}</code> },
            { term: 'Nonce', value: <code>{String(payload.nonce ?? 'none was asked for')}</code> },
          ]}
        />
        <Fold summary="The proof, decoded">
          <ProofView exchange={exchange} thumbprint={jkt} />
        </Fold>
        {verdict && (
          <Fold summary={`The verdict, all ${verdict.checks.length} checks`}>
            <VerdictView verdict={verdict} />
          </Fold>
        )}
        <div data-needs-script>
          <Fold summary="The same as code">
            <CodeView exchange={shown} redacted />
          </Fold>
        </div>
        <Fold summary="The request and the answer">
          <div className="grid gap-3">
            <RequestView exchange={shown} />
            <ResponseView exchange={shown} />
            <p className="text-muted text-sm">
              Token and proof are shortened here: the token never leaves the server.
            </p>
          </div>
        </Fold>
      </div>
    </Panel>
  )
}
