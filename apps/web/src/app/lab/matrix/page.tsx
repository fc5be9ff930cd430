import type { Metadata } from 'next'
import { PageHeader } from '../../../components/page-header.tsx'
import { env } from '../../../env.ts'
import { findAttacks } from '../../../lab/find-attacks.ts'
import { LabIsDown } from '../../../lab/lab-is-down.tsx'
import { Matrix } from '../../../lab/matrix.tsx'

export const metadata: Metadata = { title: 'Attack matrix' }

export default async function Page() {
  const attacks = await findAttacks()
  const { labUrl } = env()
  if (!attacks || labUrl === undefined) return <LabIsDown />
  return (
    <div className="grid gap-5">
      <PageHeader
        title="Attack matrix"
        lead="Every attack against four kinds of servers: plain bearer tokens, DPoP without nonces, DPoP, and DPoP with the one defence switched off. The definitions are those that the tests run."
      />
      <div data-needs-script>
        <Matrix attacks={attacks} labUrl={labUrl} />
      </div>
      <noscript>
        <p>The attacks are launched by script.</p>
      </noscript>
    </div>
  )
}
