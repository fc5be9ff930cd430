import type { Child } from 'hono/jsx'
import { icon, style } from '../assets.ts'
import type { Site } from '../site.ts'
import { KeyIcon } from './icons.tsx'

export interface LayoutProps {
  readonly site: Site
  readonly title: string
  readonly wide?: boolean
  readonly children?: Child
}

/** The frame of every page: one column that works without script. hono/jsx escapes every value. */
export function Layout({ site, title, wide, children }: LayoutProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · Keybound`}</title>
        <link rel="stylesheet" href={site.base + style.path} />
        <link rel="icon" type={icon.type} href={site.base + icon.path} />
      </head>
      <body class={wide ? 'wide' : undefined}>
        <header class="brand">
          <KeyIcon />
          <span>Keybound</span>
        </header>
        <main>{children}</main>
        <footer>Authorization server at {site.issuer}</footer>
      </body>
    </html>
  )
}
