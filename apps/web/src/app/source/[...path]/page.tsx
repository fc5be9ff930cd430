import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { CodeBlock } from '../../../code/code-block.tsx'
import { readSource } from '../../../code/source-file.ts'
import { PageHeader } from '../../../components/page-header.tsx'

type Params = Promise<{ path: string[] }>

async function fileOf(params: Params): Promise<string> {
  const { path } = await params
  return path.map(decodeURIComponent).join('/')
}

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: (await fileOf(params)).split('/').at(-1) ?? 'Source' }
}

/** A source file of the repository, as it is there; links lead to its lines. Works without script. */
export default async function SourcePage({ params }: { params: Params }) {
  const file = await fileOf(params)
  const code = await readSource(file)
  if (code === undefined) notFound()
  return (
    <div className="grid grid-cols-1 gap-5">
      <PageHeader title={file.split('/').at(-1) ?? file} lead={file} />
      <CodeBlock code={code} language={file.endsWith('.prisma') ? 'text' : 'ts'} numbered />
      <p className="text-sm">
        <a href="/docs/reading" className="text-text underline underline-offset-2">
          Every source file in reading order
        </a>
      </p>
    </div>
  )
}
