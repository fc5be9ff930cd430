import { sourceHref } from '../code/source-file.ts'
import { hrefOf } from './doc-files.ts'

/** Where a link of a document leads on this site; undefined: it stays text. */
export type ResolveLink = (href: string) => string | undefined

/**
 * Links between documents become links between pages, and links to source files lead to theirs; pictures of docs are served by their own route, other sites
 * stay what they are. A link to whatever this site does not show stays text.
 */
export function resolveDocLink(href: string, file: string): string | undefined {
  if (/^https?:\/\//.test(href) || href.startsWith('#')) return href
  if (/^[a-z]+:/i.test(href)) return undefined
  const { pathname, hash } = new URL(href, `file:///${file}`)
  const path = decodeURIComponent(pathname.slice(1))
  if (/^docs\/[\w-]+\.svg$/.test(path)) return `/docs-pictures/${path.slice('docs/'.length)}`
  if (/^(docs\/.+|packages\/[\w-]+\/README|[A-Z]+)\.md$/.test(path)) return hrefOf(path) + hash
  const source = sourceHref(path)
  if (source !== undefined) return source + hash
  return /^docs(\/[\w-]+)*\/?$/.test(path) ? hrefOf(`${path.replace(/\/$/, '')}/README.md`) : undefined
}
