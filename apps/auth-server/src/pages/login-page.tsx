import type { Site } from '../site.ts'
import { HiddenFields } from './hidden-fields.tsx'
import { InfoIcon } from './icons.tsx'
import { Layout } from './layout.tsx'
import { plainText } from './plain-text.ts'
import { Problem } from './problem.tsx'

export interface LoginPageProps {
  readonly site: Site
  readonly csrf: string
  /** The authorization that the login is for; absent when someone only wants to see their account. */
  readonly transaction?: { readonly id: string; readonly clientName: string } | undefined
  readonly username?: string | undefined
  /** Where a try was refused: why, in one sentence. */
  readonly problem?: string | undefined
}

export function LoginPage({ site, csrf, transaction, username, problem }: LoginPageProps) {
  const invalid = problem ? { 'aria-invalid': 'true', 'aria-describedby': 'problem' } : {}
  return (
    <Layout site={site} title={problem ? 'Problem: sign in' : 'Sign in'}>
      <h1>Sign in</h1>
      <p class="lead">
        to continue to <strong>{transaction ? plainText(transaction.clientName) : 'your account'}</strong>
      </p>
      <form method="post" action={`${site.base}/login`} class="stack">
        {problem && (
          <Problem title="You are not signed in">
            <p id="problem">{problem}</p>
          </Problem>
        )}
        <HiddenFields csrf={csrf} values={{ transaction: transaction?.id }} />
        <div class="field">
          <label for="username">Username</label>
          <input
            id="username"
            name="username"
            value={username}
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            maxlength={128}
            required
            autofocus={!problem && !username}
            {...invalid}
          />
        </div>
        <div class="field">
          <label for="password">Password</label>
          <input
            id="password"
            name="password"
            type="password"
            autocomplete="current-password"
            maxlength={1024}
            required
            autofocus={!problem && Boolean(username)}
            {...invalid}
          />
        </div>
        <div class="actions">
          <button class="button" type="submit" name="decision" value="login">
            Sign in
          </button>
          {transaction && (
            <button class="button quiet" type="submit" name="decision" value="cancel" formnovalidate>
              Cancel
            </button>
          )}
        </div>
        {site.demo && <DemoHint demo={site.demo} />}
      </form>
    </Layout>
  )
}

function DemoHint({ demo }: { readonly demo: NonNullable<Site['demo']> }) {
  return (
    <div class="note">
      <InfoIcon />
      <div>
        <h2>This is a demo</h2>
        <p>
          Sign in as {demo.usernames.map((name, at) => [at > 0 && ' or ', <code>{name}</code>])} with the
          password <code>{demo.password}</code>.
        </p>
      </div>
    </div>
  )
}
