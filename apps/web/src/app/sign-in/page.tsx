import type { Metadata } from 'next'
import { localPath } from '../../auth/callback-url.ts'
import { Notice } from '../../components/notice.tsx'
import { SignInForm } from '../../components/sign-in-form.tsx'
import { env } from '../../env.ts'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[]>>
}) {
  const { callbackUrl } = await searchParams
  const wanted = localPath(typeof callbackUrl === 'string' ? callbackUrl : '/profile', env().webUrl)
  return (
    <Notice title="Sign in" actions={<SignInForm callbackUrl={wanted}>Sign in with Keybound</SignInForm>}>
      <p>
        You sign in at the authorization server, not here. A key pair is made for this one session; every
        token of the session is bound to it, and the browser gets neither.
      </p>
    </Notice>
  )
}
