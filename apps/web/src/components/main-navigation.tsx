import { env } from '../env.ts'
import { type Place, places } from './places.ts'

/**
 * Plain links: each page has a content security policy of its own, so each is a document of its own. On a phone they fold into a menu
 * that opens without script.
 */
export function MainNavigation({ path, session }: { path: string; session: { href: string; name: string } }) {
  const there = places.filter(({ demoOnly }) => !demoOnly || env().mode === 'demo')
  return (
    <>
      <nav aria-label="Main" className="order-2 mr-auto hidden gap-0.5 md:flex">
        {there.map((place) => (
          <PlaceLink key={place.href} {...place} path={path} />
        ))}
      </nav>
      <details className="group relative order-2 mr-auto md:hidden">
        <summary className="list-none rounded-md border px-2.5 py-1 text-sm group-open:bg-surface-2">
          Menu
        </summary>
        <nav
          aria-label="Main"
          className="absolute top-full left-0 z-20 mt-2 grid w-48 gap-0.5 rounded-box border bg-surface p-1.5 shadow-lg"
        >
          {[...there, session].map((place) => (
            <PlaceLink key={place.href} {...place} path={path} />
          ))}
        </nav>
      </details>
    </>
  )
}

function PlaceLink({ href, name, path }: Place & { path: string }) {
  const here = path === href || path.startsWith(`${href}/`)
  return (
    <a
      href={href}
      aria-current={here ? 'page' : undefined}
      className="rounded-md px-2.5 py-1 text-muted no-underline hover:bg-surface-2 hover:text-text aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-accent"
    >
      {name}
    </a>
  )
}
