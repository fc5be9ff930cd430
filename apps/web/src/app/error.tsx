'use client'

import { Button } from '../components/button.tsx'
import { Notice } from '../components/notice.tsx'

/** Says nothing of the cause, which is in the log under the digest. */
export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <Notice title="Something broke here" actions={<Button onClick={reset}>Try again</Button>}>
      <p>It is our fault and nothing was changed. Reload the page, or try again in a moment.</p>
      {error.digest && (
        <p className="text-sm">
          For the operator: <code>{error.digest}</code>
        </p>
      )}
    </Notice>
  )
}
