import { CodeBox } from '../components/code-box.tsx'
import { Facts } from '../components/facts.tsx'
import { Moment } from '../components/moment.tsx'
import type { FlowState } from './flow-state.ts'

/** The key, and how one can tell that its private half stays where it is. */
export function KeyFacts({ value }: { value: NonNullable<FlowState['key']> }) {
  return (
    <div className="grid gap-4">
      <Facts
        facts={[
          { term: 'Thumbprint (jkt)', value: <code>{value.signer.jkt}</code> },
          { term: 'Algorithm', value: value.signer.alg },
          {
            term: 'Where it lives',
            value: 'WebCrypto, kept by IndexedDB in this browser: it survives a reload',
          },
          { term: 'Made', value: <Moment at={value.createdAt} /> },
          {
            term: 'Asked to export it',
            value: value.exportRefused ? (
              <>
                the browser said: <code>{value.exportRefused}</code>
              </>
            ) : (
              'the browser exported it: this key is not safe'
            ),
          },
        ]}
      />
      <CodeBox label="The public key, as it goes into every proof">
        {JSON.stringify(value.signer.publicJwk, null, 2)}
      </CodeBox>
    </div>
  )
}
