import { CodeBox } from '../components/code-box.tsx'
import { Facts } from '../components/facts.tsx'
import { Moment } from '../components/moment.tsx'
import { Status } from '../components/status.tsx'
import type { PlaygroundKey } from './playground-key.ts'
import type { PlaygroundOptions } from './playground-options.ts'

const places: Record<PlaygroundOptions['key'], string> = {
  kept: 'WebCrypto, kept by IndexedDB in this browser: it survives a reload',
  memory: 'WebCrypto, in this page alone: it goes with the page',
}

/** The key, and how one can tell that its private half stays where it is. */
export function KeyFacts({ value, place }: { value: PlaygroundKey; place: PlaygroundOptions['key'] }) {
  return (
    <div className="grid gap-4">
      <Facts
        facts={[
          { term: 'Thumbprint (jkt)', value: <code>{value.signer.jkt}</code> },
          { term: 'Algorithm', value: value.signer.alg },
          { term: 'Where it lives', value: places[place] },
          { term: 'Made', value: <Moment at={value.createdAt} /> },
          {
            term: 'How one can tell',
            value: value.exportRefused ? (
              <>
                <Status tone="ok">not exportable</Status>. The page just asked for the private key with{' '}
                <code>crypto.subtle.exportKey</code>, and the browser said: <code>{value.exportRefused}</code>
              </>
            ) : (
              <Status tone="bad">the browser exported it: this key is not safe</Status>
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
