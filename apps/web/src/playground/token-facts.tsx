import { CodeBox } from '../components/code-box.tsx'
import { Facts } from '../components/facts.tsx'
import { Status } from '../components/status.tsx'
import { decodePayload } from '../proof/decode-proof.ts'
import type { PlaygroundTokens } from './flow-state.ts'

/** What the token says about its key. */
export function TokenFacts({ tokens, jkt }: { tokens: PlaygroundTokens; jkt: string }) {
  const payload = decodePayload(tokens.accessToken)
  const cnf = payload?.cnf
  const bound = typeof cnf === 'object' && cnf !== null && 'jkt' in cnf ? String(cnf.jkt) : undefined
  return (
    <div className="grid gap-4">
      <Facts
        facts={[
          {
            term: 'Bound to (cnf.jkt)',
            value: (
              <>
                <code>{bound ?? 'nothing'}</code>{' '}
                <Status tone={bound === jkt ? 'ok' : 'bad'}>
                  {bound === jkt ? 'your key' : 'not your key'}
                </Status>
              </>
            ),
          },
          { term: 'Scope', value: tokens.scope },
          { term: 'Kept', value: 'in this page’s memory only: a reload drops it, the key stays' },
        ]}
      />
      {payload && <CodeBox label="The access token’s claims">{JSON.stringify(payload, null, 2)}</CodeBox>}
    </div>
  )
}
