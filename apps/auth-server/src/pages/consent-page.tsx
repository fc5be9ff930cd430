import type { Site } from '../site.ts'
import { HiddenFields } from './hidden-fields.tsx'
import { CheckIcon, KeyIcon } from './icons.tsx'
import { Layout } from './layout.tsx'
import { plainText } from './plain-text.ts'
import { scopeInWords } from './scope-words.ts'

export interface ConsentPageProps {
  readonly site: Site
  readonly csrf: string
  readonly transactionId: string
  readonly clientName: string
  /** Where the answer goes: its origin tells the user more than a name that the client chose. */
  readonly redirectUri: string
  readonly username: string
  readonly scope: readonly string[]
  /** The thumbprint of the client's key. Without `proved` the client has only named it so far. */
  readonly key?: { readonly jkt: string; readonly proved: boolean } | undefined
}

export function ConsentPage(props: ConsentPageProps) {
  const { site, csrf, transactionId, clientName, redirectUri, username, scope, key } = props
  return (
    <Layout site={site} title="Allow access">
      <h1>Allow access?</h1>
      <p class="lead">
        <strong>{plainText(clientName)}</strong> at <strong>{new URL(redirectUri).host}</strong> wants to use
        the account <strong>{username}</strong>.
      </p>
      <form method="post" action={`${site.base}/consent`} class="stack">
        <HiddenFields csrf={csrf} values={{ transaction: transactionId }} />
        <section aria-labelledby="may">
          <h2 id="may">It would be able to</h2>
          <ul class="list scopes">
            {scope.map((name) => (
              <Scope name={name} />
            ))}
          </ul>
        </section>
        {key && <BoundKey {...key} />}
        <div class="actions">
          <button class="button" type="submit" name="decision" value="allow">
            Allow
          </button>
          <button class="button quiet" type="submit" name="decision" value="cancel">
            Cancel
          </button>
        </div>
      </form>
    </Layout>
  )
}

function Scope({ name }: { readonly name: string }) {
  const { title, detail } = scopeInWords(name)
  return (
    <li>
      <CheckIcon />
      <div>
        <strong>{title}</strong>
        <div class="small">{detail ?? 'A permission that this server has no words for'}</div>
      </div>
    </li>
  )
}

function BoundKey({ jkt, proved }: NonNullable<ConsentPageProps['key']>) {
  return (
    <div class="note">
      <KeyIcon />
      <div>
        <h2>Bound to one key</h2>
        <p>
          {proved ? 'This app has proved possession of key' : 'This app will have to prove possession of key'}
        </p>
        <code class="key" title="jkt: the SHA-256 thumbprint of the key (RFC 7638)">
          jkt {jkt}
        </code>
        <p>What it receives works only together with this key. A stolen copy is useless.</p>
      </div>
    </div>
  )
}
