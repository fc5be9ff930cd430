import { Door } from '../components/door.tsx'
import { Panel } from '../components/panel.tsx'
import { env } from '../env.ts'
import { SequenceDiagram } from '../flow/sequence-diagram.tsx'
import { HealthList } from '../health/health-list.tsx'
import { readHealth } from '../health/read-health.ts'

export default async function HomePage() {
  const { mode } = env()
  const health = await readHealth(env())
  return (
    <div className="grid grid-cols-1 gap-8 sm:gap-10">
      <h1 className="max-w-4xl text-balance font-semibold text-3xl leading-tight tracking-tight sm:text-5xl">
        A stolen token is useless without its key: watch DPoP (RFC 9449) prove it.
      </h1>
      <div className="grid grid-cols-1 gap-4 md:grid-cols-[repeat(auto-fit,minmax(16rem,1fr))]">
        <Door
          href="/playground"
          title="See it work"
          says="The whole flow in your browser, with a key that cannot be exported: every request, every proof, every verdict."
        />
        {mode === 'demo' && (
          <Door
            href="/lab"
            title="Attack it"
            says="Twenty attacks, each with its defence on and off: steal, replay, downgrade, forge, and see which of them work."
          />
        )}
        <Door
          href="/inspector"
          title="Inspect a proof"
          says="Paste what your client sends. See which rule it breaks, what was expected, and how to mend it."
        />
      </div>
      {mode === 'demo' && <TenMinutes />}
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Panel title="The whole flow" id="flow">
          <SequenceDiagram />
        </Panel>
        <Panel title="Running now" id="health">
          <HealthList initial={health} />
        </Panel>
      </div>
    </div>
  )
}

function TenMinutes() {
  return (
    <Panel title="New to DPoP? Ten minutes, in this order" id="ten-minutes">
      <p className="max-w-4xl text-pretty leading-relaxed">
        A bearer token is like cash: whoever holds it can spend it, the thief too. DPoP ties the token to a
        key. With every request the client signs a small proof with that key, and a server that sees the token
        without a fresh proof by the right key answers 401.
      </p>
      <ol className="mt-4 grid gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-5">
        {tenMinutes.map(({ href, title, says }, index) => (
          <li key={href} className="min-w-0">
            <span className="text-muted text-sm tabular-nums">{index + 1}</span>
            <a href={href} className="block font-medium text-text underline underline-offset-4">
              {title}
            </a>
            <span className="mt-1 block text-muted text-sm leading-relaxed">{says}</span>
          </li>
        ))}
      </ol>
    </Panel>
  )
}

/** The way through the site for somebody to whom all of this is new. */
const tenMinutes = [
  {
    href: '/playground',
    title: 'Watch a token being bound to a key',
    says: 'Press Run all and sign in as alice. Then open the step Get the token: a key that never leaves your browser signs the proof, and cnf.jkt in the token names that key.',
  },
  {
    href: '/playground#side-by-side',
    title: 'Steal it',
    says: 'Four thefts, each against bearer tokens and against bound ones. The thief has the token and not the key, so the API answers 401.',
  },
  {
    href: '/lab/made-in-advance',
    title: 'See what a nonce adds',
    says: 'Whoever could use the key for a minute can have proofs signed for later. A nonce that the server gives out only then cannot be signed ahead of time.',
  },
  {
    href: '/lab/script-in-page',
    title: 'Learn the first limit',
    says: 'A script in the victim’s own page cannot take the key along, but it can use it on the spot.',
  },
  {
    href: '/lab/changed-body',
    title: 'Learn the second limit',
    says: 'A proof covers method, URL and token. It says nothing of the body.',
  },
]
