import { CHECKS } from '@keybound/dpop/server'
import type { Metadata } from 'next'
import { checkGuides } from '../../checks/check-guides.ts'
import { DataTable } from '../../components/data-table.tsx'
import { PageHeader } from '../../components/page-header.tsx'

export const metadata: Metadata = { title: 'Checks' }

/** The catalogue, in the order of evaluation. */
export default function ChecksPage() {
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader
        title="The checks"
        lead="Every rule by which a request is judged, in the order in which they are asked: cheap to dear, the signature after everything that needs no cryptography, the ledger last."
      />
      <DataTable
        caption="The checks"
        columns={['Check', 'Rule', 'Clause', 'Where', 'Answer']}
        rows={CHECKS.map(({ id, clause, role, answer }) => ({
          key: id,
          cells: [
            <a
              key="id"
              href={`/checks/${id}`}
              className="whitespace-nowrap text-text underline underline-offset-2"
            >
              <code>{id}</code>
            </a>,
            <span key="rule" className="block min-w-44">
              {checkGuides[id].title}
            </span>,
            <span key="clause" className="whitespace-nowrap">
              {clause}
            </span>,
            role,
            <code key="answer">{answer}</code>,
          ],
        }))}
      />
    </div>
  )
}
