import { pageContext } from '../http/page-context.ts'
import { currentSession } from '../session/current-session.ts'
import { buttonLook } from './button.tsx'
import { MainNavigation } from './main-navigation.tsx'
import { ThemeSwitch } from './theme-switch.tsx'
import { Wordmark } from './wordmark.tsx'

/** The head of every page. It holds no form, so that a page may forbid forms altogether. */
export async function SiteHeader() {
  const [session, { path }] = await Promise.all([currentSession(), pageContext()])
  const door = session
    ? { href: '/sign-out', name: 'Sign out' }
    : { href: '/sign-in?callbackUrl=%2Fprofile', name: 'Sign in' }
  return (
    <header className="border-b bg-surface">
      <div className="mx-auto flex max-w-7xl items-center gap-x-4 px-4 py-2.5 sm:px-6">
        <a href="/" className="order-1 flex rounded-md py-1 text-text no-underline">
          <Wordmark />
        </a>
        <MainNavigation path={path} session={door} />
        <div className="order-3">
          <ThemeSwitch />
        </div>
        <div className="order-4 hidden items-center gap-2 md:flex">
          {session && (
            <span className="hidden max-w-40 truncate text-muted text-sm lg:inline">
              {session.name || 'Signed in'}
            </span>
          )}
          <a href={door.href} className={`${buttonLook.quiet} whitespace-nowrap no-underline`}>
            {door.name}
          </a>
        </div>
      </div>
    </header>
  )
}
