import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Notice } from '../../../components/notice.tsx'
import { type DocFile, docFiles, readDoc } from '../../../docs/doc-files.ts'
import { DocsNavigation } from '../../../docs/docs-navigation.tsx'
import { Markdown } from '../../../docs/markdown.tsx'

type Params = Promise<{ path?: string[] }>

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const href = hrefAt(await params)
  return { title: (await docFiles()).find((each) => each.href === href)?.title ?? 'Docs' }
}

/** The repository's own documents, read when asked for: what is shown is what is there. Works without script. */
export default async function DocsPage({ params }: { params: Params }) {
  const files = await docFiles()
  const href = hrefAt(await params)
  const doc = files.find((each) => each.href === href)
  if (files.length === 0) return <NoDocs />
  if (doc === undefined) notFound()
  return (
    <div className="grid grid-cols-1 gap-8 lg:grid-cols-[14rem_minmax(0,1fr)]">
      <details className="rounded-lg border bg-surface px-3 py-2 lg:hidden">
        <summary className="font-medium">All documents</summary>
        <div className="pt-3">
          <DocsNavigation files={files} current={href} />
        </div>
      </details>
      <div className="hidden lg:block">
        <DocsNavigation files={files} current={href} />
      </div>
      <Doc doc={doc} />
    </div>
  )
}

function hrefAt({ path = ['readme'] }: Awaited<Params>): string {
  return `/docs/${path.join('/')}`
}

async function Doc({ doc }: { doc: DocFile }) {
  return (
    <article className="min-w-0 max-w-3xl">
      <Markdown text={await readDoc(doc)} file={doc.file} />
      <p className="mt-10 border-t pt-3 text-muted text-sm">
        This is <code>{doc.file}</code> of the repository.
      </p>
    </article>
  )
}

function NoDocs() {
  return (
    <Notice title="No documents here">
      <p>
        This app runs without the repository that it was built from, and the documents are in the repository.
      </p>
    </Notice>
  )
}
