/** Inline drawings, all on one 24-unit grid, coloured by the text around them. Words always stand beside them. */
function Icon({ path }: { readonly path: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  )
}

export const KeyIcon = () => (
  <Icon path="M12.5 12a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0ZM12.5 12H22M18.5 12v4M22 12v3" />
)

export const CheckIcon = () => <Icon path="m5 12.5 4.5 4.5L19 7.5" />

export const AlertIcon = () => <Icon path="M12 8v5M12 16.5v.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z" />

export const InfoIcon = () => <Icon path="M12 11v5M12 7.5v.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z" />
