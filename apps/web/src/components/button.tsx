import type { ButtonHTMLAttributes } from 'react'

export const buttonLook = {
  primary:
    'inline-flex items-center justify-center gap-2 rounded-lg border border-transparent bg-accent px-4 py-2 font-medium text-accent-ink no-underline hover:opacity-90 disabled:opacity-50',
  secondary:
    'inline-flex items-center justify-center gap-2 rounded-lg border bg-surface px-4 py-2 font-medium text-text no-underline hover:bg-surface-2 disabled:opacity-50',
  quiet:
    'inline-flex items-center justify-center gap-1.5 rounded-md px-2 py-1 text-sm text-muted hover:bg-surface-2 hover:text-text disabled:opacity-50',
} as const

export type ButtonLook = keyof typeof buttonLook

export function Button({
  look = 'secondary',
  className = '',
  type = 'button',
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { look?: ButtonLook }) {
  return <button type={type} className={`${buttonLook[look]} ${className}`} {...rest} />
}
