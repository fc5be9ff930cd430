import type { Site } from '../site.ts'
import { HiddenFields } from './hidden-fields.tsx'
import { Layout } from './layout.tsx'

export interface LogoutPageProps {
  readonly site: Site
  readonly csrf: string
  readonly username: string
  /** Where to go afterwards: already checked against the client's registration. */
  readonly values: Readonly<Record<string, string | undefined>>
}

/** Asked wherever no ID token of the user shows that the app which sent them here is theirs. */
export function LogoutPage({ site, csrf, username, values }: LogoutPageProps) {
  return (
    <Layout site={site} title="Sign out">
      <h1>Sign out?</h1>
      <p class="lead">
        You are signed in here as <strong>{username}</strong>. Apps that you allowed to use your account keep
        their access; you can end it on your account page.
      </p>
      <form method="post" action={`${site.base}/logout`} class="stack">
        <HiddenFields csrf={csrf} values={values} />
        <div class="actions">
          <button class="button" type="submit" name="decision" value="logout">
            Sign out
          </button>
          <button class="button quiet" type="submit" name="decision" value="cancel">
            Cancel
          </button>
        </div>
      </form>
    </Layout>
  )
}

export function SignedOutPage({ site }: { readonly site: Site }) {
  return (
    <Layout site={site} title="Signed out">
      <h1>You are signed out</h1>
      <p class="lead">This browser holds no session at the authorization server.</p>
      <div class="stack">
        <a class="button quiet" href={`${site.base}/account`}>
          Sign in
        </a>
      </div>
    </Layout>
  )
}
