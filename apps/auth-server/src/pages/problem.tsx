import type { Child } from 'hono/jsx'
import { AlertIcon } from './icons.tsx'

/** The error summary of a form: it takes the focus, without script, so that a screen reader says it first. */
export function Problem({ title, children }: { readonly title: string; readonly children?: Child }) {
  return (
    <div class="problem" role="alert" tabindex={-1} autofocus>
      <AlertIcon />
      <div>
        <h2>{title}</h2>
        {children}
      </div>
    </div>
  )
}
