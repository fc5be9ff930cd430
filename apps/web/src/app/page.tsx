import { Door } from '../components/door.tsx'
import { Panel } from '../components/panel.tsx'
import { places } from '../components/places.ts'
import { env } from '../env.ts'
import { SequenceDiagram } from '../flow/sequence-diagram.tsx'
import { HealthList } from '../health/health-list.tsx'
import { readHealth } from '../health/read-health.ts'

export default async function HomePage() {
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
        <Door {...attack} title="Attack it" />
        <Door
          href="/inspector"
          title="Inspect a proof"
          says="Paste what your client sends. See which rule it breaks, what was expected, and how to mend it."
        />
      </div>
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

/** The lab is there in demo mode; the attacks of the playground always. */
const attack = places.some(({ href }) => href === '/lab')
  ? {
      href: '/lab',
      says: 'Twenty attacks, each with its defence on and off: steal, replay, downgrade, forge, and see which of them work.',
    }
  : {
      href: '/playground#attacks',
      says: 'Be the thief: send the stolen token as Bearer, again, or with a key of your own, and see it refused.',
    }
