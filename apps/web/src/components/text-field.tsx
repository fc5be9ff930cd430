import type { InputHTMLAttributes, ReactNode } from 'react'

/** A labelled line of text. `hint` stands under it and is read with it. */
export function TextField({
  label,
  hint,
  className = '',
  ...input
}: InputHTMLAttributes<HTMLInputElement> & { label: string; hint?: ReactNode; id: string }) {
  return (
    <div className={`grid min-w-0 content-start gap-1 ${className}`}>
      <label htmlFor={input.id} className="text-muted text-sm">
        {label}
      </label>
      <input
        aria-describedby={hint ? `${input.id}-hint` : undefined}
        className="w-full min-w-0 rounded-lg border bg-surface px-3 py-1.5"
        {...input}
      />
      {hint && (
        <span id={`${input.id}-hint`} className="text-muted text-sm">
          {hint}
        </span>
      )}
    </div>
  )
}
