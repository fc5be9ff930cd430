import type { AttackDescription, CodePlace } from '@keybound/exchange'
import { lineOf, sourceHref } from '../code/source-file.ts'
import { PageHeader } from '../components/page-header.tsx'
import { Panel } from '../components/panel.tsx'
import { AttackStage } from './attack-stage.tsx'
import { ScriptInThisPage } from './script-in-this-page.tsx'

/** One attack: its story, its two lanes, why it comes to what it comes to, and where it is written. */
export function AttackPage(props: {
  attack: AttackDescription
  labUrl: string
  before: AttackDescription | undefined
  after: AttackDescription | undefined
}) {
  const { attack, labUrl, before, after } = props
  const checks = attack.expected.withNonce === 'succeeds' ? [] : attack.expected.withNonce.filter(hasPage)
  return (
    <div className="grid gap-5">
      <PageHeader title={`${attack.number}. ${attack.title}`} lead={attack.story} />
      <div data-needs-script className="grid gap-5">
        <AttackStage attack={attack} labUrl={labUrl} />
        {attack.id === 'script-in-page' && <ScriptInThisPage />}
      </div>
      <noscript>
        <p>The attacks are launched by script.</p>
      </noscript>
      <Panel title="Where it is written" id="written">
        <ul className="grid gap-1.5 text-sm">
          {checks.map((check) => (
            <li key={check}>
              The rule, with its clause and its line of code:{' '}
              <a href={`/checks/${check}`} className="underline underline-offset-2">
                <code>{check}</code>
              </a>
            </li>
          ))}
          <Written what="The line that decides" place={attack.code} />
          <Written what="The attack itself" place={attack.definition} />
          <Written what="The test that plays it, with the defence and without" place={attack.test} />
        </ul>
      </Panel>
      <nav aria-label="Attacks" className="flex flex-wrap justify-between gap-3 text-sm">
        {before ? <a href={`/lab/${before.id}`}>← {before.title}</a> : <a href="/lab">← All attacks</a>}
        {after ? <a href={`/lab/${after.id}`}>{after.title} →</a> : <a href="/lab/matrix">The matrix →</a>}
      </nav>
    </div>
  )
}

/** PKCE and the size of a header have no page among the checks of DPoP. */
function hasPage(rule: string): boolean {
  return rule !== 'pkce.match' && !rule.startsWith('http.')
}

async function Written({ what, place: { file, line } }: { what: string; place: CodePlace }) {
  const number = await lineOf(file, line)
  return (
    <li>
      {what}:{' '}
      <a
        href={sourceHref(file, number)}
        className="text-text underline underline-offset-2 [overflow-wrap:anywhere]"
      >
        <code>{file}</code>
        {number !== undefined && `, line ${number}`}
      </a>
    </li>
  )
}
