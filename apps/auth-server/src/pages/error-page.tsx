import type { Site } from '../site.ts'
import { AlertIcon } from './icons.tsx'
import { Layout } from './layout.tsx'

export interface ErrorPageProps {
  readonly site: Site
  readonly title: string
  /** One or two sentences for the person. */
  readonly sentence: string
  /** The registered error code or our own id: for whoever has to find out. */
  readonly code: string
  readonly correlationId: string
  /** The same request may be served a little later. */
  readonly passes: boolean
}

/** Where the user can do nothing about it: what happened, and what to tell whoever runs the app. Never a link that came with the request. */
export function ErrorPage({ site, title, sentence, code, correlationId, passes }: ErrorPageProps) {
  return (
    <Layout site={site} title={title}>
      <h1>{title}</h1>
      <div class="stack">
        <div class="problem" role="alert">
          <AlertIcon />
          <p class="break">{sentence}</p>
        </div>
        <p class="small">
          {passes
            ? 'Try again in a moment. If this lasts, tell whoever runs this server the error and the correlation id.'
            : 'Go back to the app and start again. If this happens again, tell its makers the error and the correlation id.'}
        </p>
        <dl>
          <dt>Error</dt>
          <dd>
            <code>{code}</code>
          </dd>
          <dt>Correlation id</dt>
          <dd>
            <code>{correlationId}</code>
          </dd>
        </dl>
      </div>
    </Layout>
  )
}
