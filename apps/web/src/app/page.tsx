import { buttonLook } from '../components/button.tsx'
import { Panel } from '../components/panel.tsx'
import { env } from '../env.ts'
import { SequenceDiagram } from '../flow/sequence-diagram.tsx'
import { readAppHealth } from '../health/app-health.ts'
import { HealthList } from '../health/health-list.tsx'

export default async function HomePage() {
  const health = await readAppHealth(env())
  return (
    <div className="grid gap-10">
      <section className="max-w-3xl">
        <h1 className="text-balance font-semibold text-3xl leading-tight tracking-tight sm:text-4xl">
          A stolen token is useless without its key.
        </h1>
        <p className="mt-4 text-pretty text-lg text-muted leading-relaxed">
          Keybound binds OAuth tokens to a key that never leaves its owner, with DPoP (RFC 9449), and runs the
          whole flow in front of you: every request, every proof, every verdict.
        </p>
        <div className="mt-6 flex flex-wrap gap-3">
          <a href="/playground" className={buttonLook.primary}>
            See it work
          </a>
          <a href="/profile" className={buttonLook.secondary}>
            Sign in and read a profile
          </a>
        </div>
      </section>

      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Panel title="The whole flow" id="flow">
          <SequenceDiagram />
        </Panel>
        <div className="grid gap-6">
          <Panel title="Running now" id="health">
            <HealthList initial={health} />
          </Panel>
          <Door
            href="/playground"
            title="Playground"
            says="The flow step by step in your browser, with a key that cannot be exported. Ends with three attacks that fail."
          />
          <Door
            href="/profile"
            title="Profile"
            says="Signed in with next-auth: the server holds the key, one per session, and shows how each request was proved."
          />
        </div>
      </div>
    </div>
  )
}

function Door({ href, title, says }: { href: string; title: string; says: string }) {
  return (
    <a
      href={href}
      className="group block rounded-box border bg-surface px-5 py-4 text-text no-underline hover:border-accent"
    >
      <span className="flex items-center justify-between gap-3 font-semibold group-hover:text-accent">
        {title}
        <svg
          viewBox="0 0 20 20"
          width="18"
          height="18"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.75"
          aria-hidden="true"
        >
          <path d="M4 10h12M11 5l5 5-5 5" strokeLinecap="round" strokeLinejoin="round" />
        </svg>
      </span>
      <span className="mt-1 block text-muted text-sm leading-relaxed">{says}</span>
    </a>
  )
}
