import { PageHeader } from '../components/page-header.tsx'
import { env } from '../env.ts'
import { SideBySide } from '../side-by-side/side-by-side.tsx'
import { Playground } from './playground.tsx'

export function PlaygroundPage({ returning }: { returning: boolean }) {
  const { webUrl, issuer, apiUrl, labUrl, mode } = env()
  return (
    <div className="grid gap-5">
      <PageHeader
        title="Playground"
        lead="The whole flow in this browser, with a key that WebCrypto will not export. Run all, or step: each request waits for you, and you may change it before it goes."
      />
      <div data-needs-script>
        <Playground settings={{ webUrl, issuer, apiUrl, journals: mode === 'demo' }} returning={returning} />
      </div>
      {labUrl && (
        <div data-needs-script>
          <SideBySide labUrl={labUrl} />
        </div>
      )}
      <noscript>
        <p>
          The playground runs in your browser and needs script. The{' '}
          <a href="/profile" className="underline underline-offset-2">
            profile page
          </a>{' '}
          works without.
        </p>
      </noscript>
    </div>
  )
}
