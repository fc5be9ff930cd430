import type { Metadata } from 'next'
import { PageHeader } from '../../components/page-header.tsx'
import { Inspector } from '../../inspector/inspector.tsx'
import { readKnownIssuer } from '../../inspector/read-known-issuer.ts'

export const metadata: Metadata = { title: 'Inspector' }

/** Entered by a full page load: its content security policy holds for its document and allows no connection. */
export default async function InspectorPage() {
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader
        title="Inspector"
        lead="Paste what your client sends, and see which rule of RFC 9449 it keeps, which it breaks, and how to mend it. It stays in your browser."
      />
      <Inspector known={await readKnownIssuer()} />
      <noscript>
        <p>
          The inspector judges with WebCrypto in your browser and needs script.{' '}
          <a href="/checks">The checks</a> themselves can be read without.
        </p>
      </noscript>
    </div>
  )
}
