import type { Metadata } from 'next'
import { Notice } from '../../components/notice.tsx'
import { SignInForm } from '../../components/sign-in-form.tsx'
import { web } from '../../dependencies.ts'
import { heldNonces } from '../../profile/held-nonces.ts'
import { type Attempt, attempts } from '../../profile/profile-client.ts'
import { profilePageData } from '../../profile/profile-page-data.ts'
import { ProfilePanel } from '../../profile/profile-panel.tsx'
import { ProvedPanel } from '../../profile/proved-panel.tsx'
import { SessionPanel } from '../../profile/session-panel.tsx'
import { TheftPanel } from '../../profile/theft-panel.tsx'
import { currentSession } from '../../session/current-session.ts'

export const metadata: Metadata = { title: 'Profile' }

type Query = Promise<Record<string, string | string[] | undefined>>

/** Everything here is rendered on the server, which alone has key and token; nothing needs script. */
export default async function ProfilePage({ searchParams }: { searchParams: Query }) {
  const query = await searchParams
  const current = await currentSession()
  if (current === undefined) return <SignedOut />
  const shared = await web()
  const data = await profilePageData(shared, current.sessionId, attemptOf(query.attempt))
  if (data.state === 'session over') return <SignedOut ended />
  if (data.state === 'api unreachable') return <Unreachable />
  return (
    <div className="grid gap-6">
      <header>
        <h1 className="font-semibold text-2xl tracking-tight sm:text-3xl">Your profile</h1>
        <p className="mt-1 max-w-2xl text-muted">
          Read from the resource API by this site’s server. Its key made a proof for this one request; neither
          key nor token came to your browser.
        </p>
      </header>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid min-w-0 gap-6">
          <ProfilePanel profile={data.profile} exchange={data.exchange} notice={noticeOf(query)} />
          <ProvedPanel exchange={data.exchange} session={data.session} />
        </div>
        <div className="grid min-w-0 gap-6">
          <SessionPanel session={data.session} nonces={heldNonces(shared)} />
          <TheftPanel theft={data.theft} />
        </div>
      </div>
    </div>
  )
}

function SignedOut({ ended = false }: { ended?: boolean }) {
  return (
    <Notice
      title={ended ? 'Your session has ended' : 'Sign in to read a profile'}
      actions={<SignInForm callbackUrl="/profile">Sign in with Keybound</SignInForm>}
    >
      {ended ? (
        <p>
          The authorization server gives no more tokens for it: it was revoked, or it is over. Its key is
          deleted.
        </p>
      ) : (
        <p>
          You sign in at the authorization server. This site’s server then holds a key of its own for your
          session and reads your profile with a token that is bound to it.
        </p>
      )}
    </Notice>
  )
}

function Unreachable() {
  return (
    <Notice
      title="The profile cannot be read at the moment"
      actions={
        <a href="/profile" className="underline underline-offset-2">
          Try again
        </a>
      }
    >
      <p>
        The resource API or the authorization server does not answer. You are still signed in.{' '}
        <code>npm start</code> starts what is down.
      </p>
    </Notice>
  )
}

function attemptOf(value: string | string[] | undefined): Attempt | undefined {
  return attempts.find((attempt) => attempt === value)
}

const notices: Readonly<Record<string, { tone: 'ok' | 'bad'; text: string }>> = {
  'name-saved': { tone: 'ok', text: 'Saved. The change went out as PATCH, with a proof of its own.' },
  'name-refused': { tone: 'bad', text: 'The resource API did not accept this name.' },
  rotated: { tone: 'ok', text: 'A new sign-in, a new key. The tokens of the old key have ended.' },
  'not-signed-out': {
    tone: 'bad',
    text: 'The authorization server did not answer, so nothing has ended. Try again in a moment.',
  },
  refreshed: { tone: 'ok', text: 'Refreshed: a new access token, bound to the same key.' },
}

function noticeOf(query: Awaited<Query>): { tone: 'ok' | 'bad'; text: string } | undefined {
  const { notice } = query
  return typeof notice === 'string' && Object.hasOwn(notices, notice) ? notices[notice] : undefined
}
