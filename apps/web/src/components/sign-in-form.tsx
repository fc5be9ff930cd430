import { signInPath } from '../auth/auth-paths.ts'
import { pageContext } from '../http/page-context.ts'
import { Button, type ButtonLook } from './button.tsx'

/** A plain form, so that signing in needs no script. */
export async function SignInForm(props: {
  callbackUrl: string
  children: string
  look?: ButtonLook
  className?: string
}) {
  const { csrfToken } = await pageContext()
  return (
    <form method="post" action={signInPath}>
      <input type="hidden" name="csrfToken" value={csrfToken} />
      <input type="hidden" name="callbackUrl" value={props.callbackUrl} />
      <Button type="submit" look={props.look ?? 'primary'} className={props.className ?? ''}>
        {props.children}
      </Button>
    </form>
  )
}
