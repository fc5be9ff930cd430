'use client'

import type { Check } from '@keybound/dpop/server'
import { checkGuides } from '../checks/check-guides.ts'
import { CopyButton } from '../components/copy-button.tsx'
import { CheckRow, Outcome } from '../verdict/verdict-view.tsx'
import type { Judged } from './use-inspection.ts'
import { verdictMarkdown } from './verdict-markdown.ts'

/** The verdict with what is wrong first, then what is right, then what could not be judged and what that needs. */
export function InspectorVerdict({ judged }: { judged: Judged }) {
  const { verdict, took } = judged
  const wrong = verdict.checks.filter(({ status }) => status === 'fail' || status === 'challenge')
  const right = verdict.checks.filter(({ status }) => status === 'pass')
  const remarks = right.filter(({ hint }) => hint !== undefined)
  const open = verdict.checks.filter(({ status }) => status === 'skipped')
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <div aria-live="polite">
          <Outcome verdict={verdict} />
        </div>
        <CopyButton text={verdictMarkdown(verdict)} name="Copy as Markdown" />
      </div>
      {wrong.length > 0 && (
        <Rows
          title={wrong.length === 1 ? 'What is wrong' : `What is wrong, ${wrong.length} things`}
          checks={wrong}
          wrong
        />
      )}
      {remarks.length > 0 && <Rows title="Passed, with a remark" checks={remarks} />}
      {right.length > 0 && (
        <details className="rounded-lg border" open={wrong.length === 0}>
          <summary className="px-3 py-2 font-medium text-sm">{right.length} checks passed</summary>
          <List checks={right} />
        </details>
      )}
      {open.length > 0 && (
        <details className="rounded-lg border" open>
          <summary className="px-3 py-2 font-medium text-sm">{open.length} checks need more</summary>
          <dl className="grid gap-x-4 gap-y-1 border-t px-3 py-2 text-sm sm:grid-cols-[auto_1fr]">
            {open.map(({ id, because }) => (
              <div key={id} className="contents">
                <dt>
                  <a
                    href={`/checks/${id}`}
                    className="text-text underline decoration-border underline-offset-4"
                  >
                    <code>{id}</code>
                  </a>
                </dt>
                <dd className="text-muted max-sm:mb-1.5">{because}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      <p className="text-muted text-sm">
        Judged in {took < 1 ? 'less than a millisecond' : `${Math.round(took)} ms`}, in this browser, by the
        table of checks that the servers walk.
      </p>
    </div>
  )
}

function Rows(props: { title: string; checks: readonly Check[]; wrong?: boolean }) {
  const { title, checks, wrong = false } = props
  return (
    <section className={`rounded-lg border ${wrong ? 'border-bad' : ''}`}>
      <h3 className="border-b px-3 py-2 font-medium text-sm">{title}</h3>
      <List checks={checks} fix={wrong} />
    </section>
  )
}

function List({ checks, fix = false }: { checks: readonly Check[]; fix?: boolean }) {
  return (
    <ol className="divide-y border-t first:border-t-0">
      {checks.map((check) => (
        <CheckRow key={check.id} check={check} fix={fix ? checkGuides[check.id].client : undefined} />
      ))}
    </ol>
  )
}
