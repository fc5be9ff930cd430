/** A way into a part of the site: what it is called, and what one finds behind it. */
export function Door({ href, title, says }: { href: string; title: string; says: string }) {
  return (
    <a
      href={href}
      className="group flex flex-col rounded-box border bg-surface px-5 py-4 text-text no-underline hover:border-accent"
    >
      <span className="flex items-center justify-between gap-3 font-semibold text-lg group-hover:text-accent">
        {title}
        <svg
          viewBox="0 0 20 20"
          width="18"
          height="18"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.75"
          aria-hidden="true"
        >
          <path d="M4 10h12M11 5l5 5-5 5" strokeLinecap="round" strokeLinejoin="round" />
        </svg>
      </span>
      <span className="mt-1 block text-muted leading-relaxed">{says}</span>
    </a>
  )
}
