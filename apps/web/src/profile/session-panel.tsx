import { age } from '../components/age.ts'
import { Button } from '../components/button.tsx'
import { Facts } from '../components/facts.tsx'
import { Moment } from '../components/moment.tsx'
import { Panel } from '../components/panel.tsx'
import { SignOutForm } from '../components/sign-out-form.tsx'
import { env } from '../env.ts'
import { pageContext } from '../http/page-context.ts'
import type { WebSession } from '../session/web-sessions.ts'

export async function SessionPanel({ session }: { session: WebSession }) {
  const { csrfToken } = await pageContext()
  const { row, tokens } = session
  const left = tokens.expiresAt - Date.now() / 1000
  return (
    <Panel title="This session" id="session">
      <div className="grid gap-4">
        <Facts
          stacked
          facts={[
            { term: 'Key', value: <code>{session.signer.jkt}</code> },
            {
              term: 'Where it lives',
              value: 'On the server, sealed; it opens only with the cookie of this browser',
            },
            { term: 'Created', value: <Moment at={row.createdAt} /> },
            { term: 'Last used', value: <Moment at={row.lastUsedAt} /> },
            { term: 'Access token', value: left > 0 ? `ends in ${age(left)}` : `ended ${age(left)} ago` },
            {
              term: 'Refreshed',
              value: times(session.refreshCount),
            },
            { term: 'Scope', value: tokens.scope.join(', ') },
          ]}
        />
        <div className="flex flex-wrap items-center gap-3 border-t pt-4">
          <form method="post" action="/profile/refresh">
            <input type="hidden" name="csrfToken" value={csrfToken} />
            <Button type="submit">Refresh now</Button>
          </form>
          <SignOutForm />
        </div>
        <p className="text-muted text-sm">
          Your sessions elsewhere and what you allowed:{' '}
          <a href={`${env().issuer}/account`} className="text-text underline underline-offset-2">
            your account
          </a>
        </p>
      </div>
    </Panel>
  )
}

function times(count: number): string {
  return ['not yet', 'once', 'twice'][count] ?? `${count} times`
}
