import type { DocFile } from './doc-files.ts'

const groups: readonly (readonly [title: string, of: (file: string) => boolean])[] = [
  ['Start here', (file) => !file.includes('/')],
  ['How it runs', (file) => /^docs\/[^/]+$/.test(file)],
  ['Decisions', (file) => file.startsWith('docs/decisions/')],
  ['Packages', (file) => file.startsWith('packages/')],
  ['API', (file) => file.startsWith('docs/api/')],
]

/** Every document, by kind. */
export function DocsNavigation({ files, current }: { files: readonly DocFile[]; current: string }) {
  const known = new Set<string>()
  const sections = groups.map(([title, of]) => ({
    title,
    files: files.filter(({ file }) => of(file) && known.add(file)),
  }))
  const rest = files.filter(({ file }) => !known.has(file))
  return (
    <nav aria-label="Documents" className="grid gap-4 text-sm">
      {[...sections, { title: 'More', files: rest }]
        .filter((section) => section.files.length > 0)
        .map((section) => (
          <div key={section.title}>
            <h2 className="mb-1 font-medium text-muted">{section.title}</h2>
            <ul>
              {section.files.map(({ file, href, title }) => (
                <li key={file}>
                  <a
                    href={href}
                    aria-current={href === current ? 'page' : undefined}
                    className="block rounded-md px-2 py-0.5 text-text no-underline hover:bg-surface-2 aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-accent"
                  >
                    {title}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ))}
    </nav>
  )
}
