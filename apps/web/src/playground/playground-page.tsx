import { env } from '../env.ts'
import { Playground } from './playground.tsx'

export function PlaygroundPage({ returning }: { returning: boolean }) {
  const { webUrl, issuer, apiUrl } = env()
  return (
    <div className="grid gap-6">
      <header>
        <h1 className="font-semibold text-2xl tracking-tight sm:text-3xl">Playground</h1>
        <p className="mt-1 max-w-2xl text-pretty text-muted">
          The whole flow in this browser, with a key that WebCrypto will not export. Each step is the real
          request; each proof is judged by the same checks as on the server.
        </p>
      </header>
      <Playground settings={{ webUrl, issuer, apiUrl }} returning={returning} />
      <noscript>
        <p>The playground runs in your browser and needs script. The profile page works without.</p>
      </noscript>
    </div>
  )
}
