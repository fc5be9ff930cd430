import { signOutPath } from '../auth/auth-paths.ts'
import { pageContext } from '../http/page-context.ts'
import { Button, type ButtonLook } from './button.tsx'

export async function SignOutForm({ look = 'secondary' }: { look?: ButtonLook }) {
  const { csrfToken } = await pageContext()
  return (
    <form method="post" action={signOutPath}>
      <input type="hidden" name="csrfToken" value={csrfToken} />
      <Button type="submit" look={look}>
        Sign out
      </Button>
    </form>
  )
}
