'use client'

import { useSyncExternalStore } from 'react'

const themes = ['system', 'light', 'dark'] as const
type Theme = (typeof themes)[number]

/** Follows the system until a theme is pinned; the pin lives in localStorage and in `data-theme` on <html>. */
export function ThemeSwitch() {
  const theme = useSyncExternalStore(subscribe, pinned, () => 'system' as const)
  return (
    <fieldset data-needs-script className="flex rounded-lg border bg-surface p-0.5 text-sm">
      <legend className="sr-only">Theme</legend>
      {themes.map((name) => (
        <label
          key={name}
          className="relative cursor-pointer rounded-md px-2 py-1 text-muted capitalize has-checked:bg-surface-2 has-checked:text-text has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name="theme"
            value={name}
            checked={theme === name}
            onChange={() => pin(name)}
            className="sr-only"
          />
          <ThemeIcon theme={name} />
          <span className="sr-only">{name}</span>
        </label>
      ))}
    </fieldset>
  )
}

const changed = 'keybound-theme-changed'

function subscribe(notify: () => void): () => void {
  window.addEventListener(changed, notify)
  window.addEventListener('storage', notify)
  return () => {
    window.removeEventListener(changed, notify)
    window.removeEventListener('storage', notify)
  }
}

function pinned(): Theme {
  const theme = document.documentElement.dataset.theme
  return theme === 'light' || theme === 'dark' ? theme : 'system'
}

function pin(theme: Theme): void {
  const root = document.documentElement
  if (theme === 'system') delete root.dataset.theme
  else root.dataset.theme = theme
  try {
    if (theme === 'system') localStorage.removeItem('keybound-theme')
    else localStorage.setItem('keybound-theme', theme)
  } catch {
    // Storage is switched off: the theme holds for this page.
  }
  window.dispatchEvent(new Event(changed))
}

function ThemeIcon({ theme }: { theme: Theme }) {
  const paths = {
    system: 'M3 4h14v9H3zM7 17h6M10 13v4',
    light:
      'M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M4.3 15.7l1.1-1.1M14.6 5.4l1.1-1.1',
    dark: 'M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7Z',
  }
  return (
    <svg
      viewBox="0 0 20 20"
      width="18"
      height="18"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      aria-hidden="true"
    >
      <path d={paths[theme]} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  )
}
