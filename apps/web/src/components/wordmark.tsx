/** The key and the name. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2 font-semibold tracking-tight">
      <svg
        viewBox="0 0 24 24"
        width="22"
        height="22"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        aria-hidden="true"
        className="text-accent"
      >
        <circle cx="8" cy="15.5" r="4.5" />
        <path
          d="m11.3 12.2 8.2-8.2M16.5 7l2.8 2.8M13.9 9.6l2 2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      Keybound
    </span>
  )
}
