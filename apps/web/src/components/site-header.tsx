import { currentSession } from '../session/current-session.ts'
import { SignInForm } from './sign-in-form.tsx'
import { SignOutForm } from './sign-out-form.tsx'
import { ThemeSwitch } from './theme-switch.tsx'
import { Wordmark } from './wordmark.tsx'

const places = [
  { href: '/profile', name: 'Profile' },
  { href: '/playground', name: 'Playground' },
]

/** Plain links: each page has a content security policy of its own, so each is a document of its own. */
export async function SiteHeader() {
  const session = await currentSession()
  return (
    <header className="border-b bg-surface">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-5 gap-y-1 px-4 py-2.5 sm:px-6">
        <a href="/" className="order-1 mr-auto flex rounded-md py-1 text-text no-underline sm:mr-0">
          <Wordmark />
        </a>
        <nav aria-label="Main" className="order-3 mr-auto -ml-2 flex gap-1 sm:order-2 sm:ml-0">
          {places.map((place) => (
            <a
              key={place.href}
              href={place.href}
              className="rounded-md px-2 py-1 text-muted no-underline hover:bg-surface-2 hover:text-text"
            >
              {place.name}
            </a>
          ))}
        </nav>
        <div className="order-2 sm:order-3">
          <ThemeSwitch />
        </div>
        <span aria-hidden="true" className="order-2 w-full sm:hidden" />
        {session ? (
          <div className="order-4 flex items-center gap-2">
            <span className="hidden max-w-40 truncate text-muted text-sm sm:inline">
              {session.name || 'Signed in'}
            </span>
            <SignOutForm look="quiet" />
          </div>
        ) : (
          <div className="order-4">
            <SignInForm callbackUrl="/profile" look="quiet">
              Sign in
            </SignInForm>
          </div>
        )}
      </div>
    </header>
  )
}
