import type { Exchange } from '@keybound/exchange'
import { Button } from '../components/button.tsx'
import { Facts } from '../components/facts.tsx'
import { Moment } from '../components/moment.tsx'
import { Panel } from '../components/panel.tsx'
import { Status } from '../components/status.tsx'
import { ExchangeHeadline } from '../exchange/exchange-headline.tsx'
import { pageContext } from '../http/page-context.ts'
import type { Profile } from './profile.ts'

export function ProfilePanel(props: {
  profile: Profile | undefined
  exchange: Exchange
  notice: { tone: 'ok' | 'bad'; text: string } | undefined
}) {
  const { profile, notice } = props
  return (
    <Panel title="Profile" id="profile" action={<ExchangeHeadline exchange={props.exchange} />}>
      {notice && (
        <p role="status" className="mb-4">
          <Status tone={notice.tone}>{notice.text}</Status>
        </p>
      )}
      {profile ? (
        <ProfileFacts profile={profile} />
      ) : (
        <p>The resource API answered, but not with a profile.</p>
      )}
    </Panel>
  )
}

async function ProfileFacts({ profile }: { profile: Profile }) {
  const { csrfToken } = await pageContext()
  const updatedAt =
    typeof profile.updated_at === 'number' ? profile.updated_at : Date.parse(profile.updated_at) / 1000
  return (
    <div className="grid gap-5">
      <Facts
        facts={[
          { term: 'Name', value: <span className="font-medium">{profile.name}</span> },
          { term: 'E-mail', value: profile.email },
          { term: 'Language', value: profile.locale },
          { term: 'Subject', value: <code>{profile.sub}</code> },
          ...(Number.isFinite(updatedAt) ? [{ term: 'Updated', value: <Moment at={updatedAt} /> }] : []),
        ]}
      />
      <form method="post" action="/profile/name" className="flex flex-wrap items-end gap-3 border-t pt-4">
        <input type="hidden" name="csrfToken" value={csrfToken} />
        <label className="grid min-w-0 flex-1 basis-48 gap-1">
          <span className="text-muted text-sm">Change the name</span>
          <input
            name="name"
            required
            maxLength={100}
            defaultValue={profile.name}
            autoComplete="name"
            className="w-full min-w-0 rounded-lg border bg-surface px-3 py-2"
          />
        </label>
        <Button type="submit">Save</Button>
      </form>
    </div>
  )
}
