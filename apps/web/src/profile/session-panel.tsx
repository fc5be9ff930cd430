import { age } from '../components/age.ts'
import { Button } from '../components/button.tsx'
import { Facts } from '../components/facts.tsx'
import { Moment } from '../components/moment.tsx'
import { Panel } from '../components/panel.tsx'
import { SignInForm } from '../components/sign-in-form.tsx'
import { SignOutForm } from '../components/sign-out-form.tsx'
import { env } from '../env.ts'
import { pageContext } from '../http/page-context.ts'
import type { WebSession } from '../session/web-sessions.ts'
import type { HeldNonce } from './held-nonces.ts'

/** The session and its key, and what can be done with them; everything is a plain form. */
export async function SessionPanel({
  session,
  nonces,
}: {
  session: WebSession
  nonces: readonly HeldNonce[]
}) {
  const { csrfToken } = await pageContext()
  const { row, tokens } = session
  const left = tokens.expiresAt - Date.now() / 1000
  return (
    <Panel title="This session and its key" id="session">
      <div className="grid gap-4">
        <Facts
          stacked
          facts={[
            { term: 'Key (jkt)', value: <code>{session.signer.jkt}</code> },
            {
              term: 'Where it lives',
              value: 'On the server, sealed; it opens only with the cookie of this browser',
            },
            { term: 'Created', value: <Moment at={row.createdAt} /> },
            { term: 'Last used', value: <Moment at={row.lastUsedAt} /> },
            { term: 'Access token', value: left > 0 ? `ends in ${age(left)}` : `ended ${age(left)} ago` },
            { term: 'Refreshed', value: times(session.refreshCount) },
            { term: 'Scope', value: tokens.scope.join(', ') },
            ...nonces.map(({ origin, nonce }) => ({
              term: `Nonce of ${origin}`,
              value: nonce === undefined ? 'none yet' : <code>{nonce}</code>,
            })),
          ]}
        />
        <div className="flex flex-wrap items-center gap-2 border-t pt-4">
          <form method="post" action="/profile/refresh">
            <input type="hidden" name="csrfToken" value={csrfToken} />
            <input type="hidden" name="seen" value={session.refreshCount} />
            <Button type="submit">Refresh now</Button>
          </form>
          <SignInForm callbackUrl="/profile?notice=rotated" look="secondary">
            Rotate the key
          </SignInForm>
          <SignOutForm />
          <form method="post" action="/profile/sign-out-everywhere">
            <input type="hidden" name="csrfToken" value={csrfToken} />
            <Button type="submit">Sign out everywhere</Button>
          </form>
        </div>
        <p className="text-muted text-sm">
          A new key means a new sign-in: the tokens of the old one end with it. Sign out everywhere ends your
          sessions in every browser, here and at the authorization server, and what you allowed this site. The
          rest is in{' '}
          <a href={`${env().issuer}/account`} className="text-text underline underline-offset-2">
            your account
          </a>
          .
        </p>
      </div>
    </Panel>
  )
}

function times(count: number): string {
  return ['not yet', 'once', 'twice'][count] ?? `${count} times`
}
