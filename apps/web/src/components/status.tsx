import type { ReactNode } from 'react'

export type Tone = 'ok' | 'bad' | 'warn' | 'muted'

const looks: Record<Tone, { readonly text: string; readonly path: string }> = {
  ok: { text: 'text-ok', path: 'm5 10.5 3.2 3.2L15 7' },
  bad: { text: 'text-bad', path: 'm6 6 8 8M14 6l-8 8' },
  warn: { text: 'text-warn', path: 'M10 5.5v5.5M10 14.2v.3' },
  muted: { text: 'text-muted', path: 'M6 10h8' },
}

/** A status is an icon and a word, never a colour alone. */
export function Status({ tone, children }: { tone: Tone; children: ReactNode }) {
  const look = looks[tone]
  return (
    <span className={`inline-flex items-baseline gap-1.5 font-medium ${look.text}`}>
      <svg
        viewBox="0 0 20 20"
        width="16"
        height="16"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        aria-hidden="true"
        className="mt-[calc((1lh-1rem)/2)] shrink-0 self-start"
      >
        <circle cx="10" cy="10" r="8.5" strokeWidth="1.5" />
        <path d={look.path} strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      {children}
    </span>
  )
}
