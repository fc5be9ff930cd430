import { CHECKS } from '@keybound/dpop/server'
import { CodeBlock } from '../code/code-block.tsx'
import { sourceHref } from '../code/source-file.ts'
import { Facts } from '../components/facts.tsx'
import { PageHeader } from '../components/page-header.tsx'
import { Panel } from '../components/panel.tsx'
import { Status } from '../components/status.tsx'
import { type CheckExample, forgedExample } from './check-example.ts'
import type { CheckGuide } from './check-guide.ts'
import { checkGuides } from './check-guides.ts'
import { sourceExcerpt } from './source-excerpt.ts'

type CheckRow = (typeof CHECKS)[number]

/** One check: what, why, an example of each kind, the line of code, and how to mend it on both sides. */
export async function CheckPage({ check }: { check: CheckRow }) {
  const guide: CheckGuide = checkGuides[check.id]
  const { example } = guide
  const shown: CheckExample = 'defect' in example ? await forgedExample(check.id, example.defect) : example
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title={guide.title} lead={guide.why} />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 grid-cols-1 gap-6">
          <Panel title="How to mend it" id="fix">
            <div className="grid gap-4 sm:grid-cols-2">
              <Side name="On the client" says={guide.client} />
              <Side name="On the server" says={guide.server} />
            </div>
          </Panel>
          <Panel title="Example" id="example">
            <div className="grid grid-cols-1 gap-4 xl:grid-cols-2">
              <Example tone="ok" name="Kept" code={shown.good} />
              <Example tone="bad" name="Broken" code={shown.bad} />
            </div>
            {shown.because && <p className="mt-3">{shown.because}</p>}
          </Panel>
          <Code guide={guide} />
        </div>
        <div className="grid gap-6">
          <Panel title="The check" id="check">
            <Facts
              stacked
              facts={[
                { term: 'Id', value: <code>{check.id}</code> },
                { term: 'Clause', value: check.clause },
                { term: 'Fails when', value: check.says },
                { term: 'Asked by', value: roles[check.role] },
                { term: 'Answer', value: <code>{check.answer}</code> },
              ]}
            />
          </Panel>
          <Panel title="The attack it stops" id="attack">
            <p>{guide.attack.says}</p>
            {guide.attack.lab !== undefined && (
              <p className="mt-2">
                <a href={`/lab/${guide.attack.lab}`} className="text-text underline underline-offset-2">
                  Try it in the attack lab
                </a>
              </p>
            )}
          </Panel>
          <Neighbours id={check.id} />
        </div>
      </div>
    </div>
  )
}

const roles: Record<CheckRow['role'], string> = {
  AS: 'the authorization server',
  RS: 'the resource server',
  'AS RS': 'the authorization server and the resource server',
  'token endpoint': 'the token endpoint',
  PAR: 'the endpoint for pushed requests',
} as Record<CheckRow['role'], string>

function Side({ name, says }: { name: string; says: string }) {
  return (
    <div>
      <h3 className="font-medium">{name}</h3>
      <p className="mt-1 text-muted">{says}</p>
    </div>
  )
}

function Example({ tone, name, code }: { tone: 'ok' | 'bad'; name: string; code: string }) {
  return (
    <CodeBlock
      code={code}
      language={code.startsWith('//') ? 'jsonc' : 'http'}
      label={<Status tone={tone}>{name}</Status>}
    />
  )
}

async function Code({ guide }: { guide: CheckGuide }) {
  const { file, line } = guide.code
  const excerpt = await sourceExcerpt(file, line)
  return (
    <Panel title="The line of code" id="code">
      {excerpt ? (
        <CodeBlock
          code={excerpt.code}
          language="ts"
          label={
            <a href={sourceHref(file, excerpt.line)} className="text-text underline underline-offset-2">
              {file}, line {excerpt.line}
            </a>
          }
          marked={excerpt.line - excerpt.firstLine + 1}
        />
      ) : (
        <p>
          It stands in <code>{file}</code>.
        </p>
      )}
    </Panel>
  )
}

function Neighbours({ id }: { id: CheckRow['id'] }) {
  const at = CHECKS.findIndex((check) => check.id === id)
  const before = CHECKS[at - 1]
  const after = CHECKS[at + 1]
  return (
    <nav aria-label="Checks" className="flex flex-wrap justify-between gap-2 text-sm">
      {before ? <Neighbour check={before} word="Before it" /> : <span />}
      <a href="/checks" className="text-text underline underline-offset-2">
        All checks
      </a>
      {after ? <Neighbour check={after} word="After it" /> : <span />}
    </nav>
  )
}

function Neighbour({ check, word }: { check: CheckRow; word: string }) {
  return (
    <a href={`/checks/${check.id}`} className="text-text underline underline-offset-2">
      {word}: <code>{check.id}</code>
    </a>
  )
}
