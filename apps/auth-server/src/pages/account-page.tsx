import type { AccountApp } from '../session/account-apps.ts'
import type { Session } from '../session/sessions.ts'
import type { Site } from '../site.ts'
import { HiddenFields } from './hidden-fields.tsx'
import { Layout } from './layout.tsx'
import { plainText } from './plain-text.ts'
import { scopeInWords } from './scope-words.ts'
import { timeText } from './time-text.ts'

export interface AccountPageProps {
  readonly site: Site
  readonly csrf: string
  readonly now: number
  readonly user: { readonly username: string; readonly name: string }
  readonly currentSessionId: string
  readonly sessions: readonly Session[]
  readonly apps: readonly AccountApp[]
}

export function AccountPage(props: AccountPageProps) {
  const { site, user, csrf, now } = props
  return (
    <Layout site={site} title="Your account" wide>
      <h1>{plainText(user.name)}</h1>
      <p class="lead">
        Signed in as <strong>{user.username}</strong>
      </p>
      <div class="stack">
        <section aria-labelledby="apps">
          <h2 id="apps">Apps with access</h2>
          <ul class="list">
            {props.apps.map((app) => (
              <App site={site} csrf={csrf} now={now} app={app} />
            ))}
            {props.apps.length === 0 && <li class="small">No app may use your account.</li>}
          </ul>
        </section>
        <section aria-labelledby="sessions">
          <h2 id="sessions">Where you are signed in</h2>
          <ul class="list">
            {props.sessions.map((session) => (
              <Signed
                site={site}
                csrf={csrf}
                now={now}
                session={session}
                current={session.id === props.currentSessionId}
              />
            ))}
          </ul>
        </section>
        <form method="get" action={`${site.base}/logout`}>
          <button class="button quiet" type="submit">
            Sign out
          </button>
        </form>
      </div>
    </Layout>
  )
}

function App({ site, csrf, now, app }: { site: Site; csrf: string; now: number; app: AccountApp }) {
  return (
    <li>
      <div class="what">
        <strong>{plainText(app.clientName)}</strong>
        <div class="small">
          {app.scope.map((scope) => scopeInWords(scope).title).join(' · ')} · allowed{' '}
          {timeText(app.since, now)}
        </div>
      </div>
      <EndButton
        site={site}
        csrf={csrf}
        values={{ end: 'app', client_id: app.clientId }}
        name={plainText(app.clientName)}
      >
        End access
      </EndButton>
    </li>
  )
}

function Signed(props: { site: Site; csrf: string; now: number; session: Session; current: boolean }) {
  const { site, csrf, now, session, current } = props
  return (
    <li>
      <div class="what">
        <div class="titled">
          <strong>Signed in {timeText(session.authTime, now)}</strong>
          {current && <span class="badge">this browser</span>}
        </div>
        <div class="small">
          Last seen {timeText(session.lastSeenAt, now)} · ends {timeText(session.expiresAt, now)} at the
          latest
        </div>
      </div>
      {!current && (
        <EndButton
          site={site}
          csrf={csrf}
          values={{ end: 'session', session: session.id }}
          name="this session"
        >
          End session
        </EndButton>
      )}
    </li>
  )
}

function EndButton(props: {
  site: Site
  csrf: string
  values: Record<string, string>
  name: string
  children: string
}) {
  return (
    <form method="post" action={`${props.site.base}/account`}>
      <HiddenFields csrf={props.csrf} values={props.values} />
      <button class="button quiet compact" type="submit" aria-label={`${props.children}: ${props.name}`}>
        {props.children}
      </button>
    </form>
  )
}
