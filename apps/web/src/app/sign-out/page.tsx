import type { Metadata } from 'next'
import { buttonLook } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { SignOutForm } from '../../components/sign-out-form.tsx'
import { currentSession } from '../../session/current-session.ts'

export const metadata: Metadata = { title: 'Sign out' }

export default async function SignOutPage() {
  const session = await currentSession()
  if (session === undefined)
    return (
      <Notice
        title="You are signed out"
        actions={
          <a href="/" className={buttonLook.secondary}>
            To the home page
          </a>
        }
      >
        <p>There is no session here, no key and no token.</p>
      </Notice>
    )
  return (
    <Notice title="Sign out?" actions={<SignOutForm />}>
      <p>
        The tokens of this session are revoked, its key is deleted, and your session at the authorization
        server ends too.
      </p>
    </Notice>
  )
}
