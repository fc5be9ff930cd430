import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { SiteHeader } from '../components/site-header.tsx'
import { ThemeScript } from '../components/theme-script.tsx'
import { pageContext } from '../http/page-context.ts'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Keybound', template: '%s · Keybound' },
  description: 'OAuth tokens bound to a key, so that a stolen token is useless: DPoP (RFC 9449), running.',
  robots: { index: false },
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' }

/** Rendered per request: the content security policy has a nonce, and nothing of a page is fixed at build. */
export const dynamic = 'force-dynamic'

export default async function RootLayout({ children }: { children: ReactNode }) {
  const { nonce } = await pageContext()
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        <ThemeScript nonce={nonce} />
      </head>
      <body className="flex flex-col font-sans antialiased">
        <a
          href="#main"
          className="sr-only rounded-md bg-accent px-3 py-2 text-accent-ink focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-10"
        >
          To the content
        </a>
        <SiteHeader />
        <main id="main" className="mx-auto w-full max-w-7xl flex-1 px-4 py-8 sm:px-6 sm:py-10">
          {children}
        </main>
        <footer className="border-t text-muted text-sm">
          <div className="mx-auto flex max-w-7xl flex-wrap justify-between gap-x-6 gap-y-1 px-4 py-5 sm:px-6">
            <span>Keybound runs, teaches and tests sender-constrained tokens.</span>
            <a
              href="https://www.rfc-editor.org/rfc/rfc9449"
              className="text-muted underline underline-offset-2"
              rel="noreferrer"
            >
              RFC 9449
            </a>
          </div>
        </footer>
      </body>
    </html>
  )
}
