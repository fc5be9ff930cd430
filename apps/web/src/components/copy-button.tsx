'use client'

import { useState } from 'react'
import { Button } from './button.tsx'

/** Copies a text, or what a function gives when the button is pressed. */
export function CopyButton({ text, name = 'Copy' }: { text: string | (() => string); name?: string }) {
  const [copied, setCopied] = useState(false)
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(typeof text === 'string' ? text : text())
    setCopied(true)
    setTimeout(() => setCopied(false), 2000)
  }
  return (
    <Button look="quiet" onClick={() => void copy()}>
      <span aria-live="polite">{copied ? 'Copied' : name}</span>
    </Button>
  )
}
