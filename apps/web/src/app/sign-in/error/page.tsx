import type { Metadata } from 'next'
import { isSignInFailureReason, signInFailures } from '../../../auth/sign-in-failures.ts'
import { buttonLook } from '../../../components/button.tsx'
import { Notice } from '../../../components/notice.tsx'
import { SignInForm } from '../../../components/sign-in-form.tsx'
import { currentSession } from '../../../session/current-session.ts'

export const metadata: Metadata = { title: 'Sign-in failed' }

/** What is shown comes from our own table; of the address only a number of a known form is repeated. */
export default async function SignInErrorPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[]>>
}) {
  const { reason, reference } = await searchParams
  const id = isSignInFailureReason(reason) ? reason : 'unknown'
  const failure = signInFailures[id]
  const session = await currentSession()
  return (
    <Notice
      title={failure.title}
      actions={
        <>
          {session && (
            <a href="/profile" className={buttonLook.primary}>
              {session.name ? `Go on as ${session.name}` : 'Go on'}
            </a>
          )}
          <SignInForm callbackUrl="/profile" look={session ? 'secondary' : 'primary'}>
            Sign in again
          </SignInForm>
        </>
      }
    >
      <p>{failure.says}</p>
      <p>{failure.next}</p>
      <p className="text-sm">
        <code>{id}</code>
        {typeof reference === 'string' && /^[0-9a-f]{8}$/.test(reference) && (
          <>
            {' '}
            · number <code>{reference}</code>
          </>
        )}
      </p>
    </Notice>
  )
}
