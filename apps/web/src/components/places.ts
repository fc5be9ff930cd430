/** The main navigation, in the order in which a newcomer would go. Only what is there is listed. */
export const places: readonly { readonly href: string; readonly name: string }[] = [
  { href: '/playground', name: 'Playground' },
  { href: '/lab', name: 'Lab' },
  { href: '/inspector', name: 'Inspector' },
  { href: '/monitor', name: 'Monitor' },
  { href: '/profile', name: 'Profile' },
  { href: '/docs', name: 'Docs' },
]
