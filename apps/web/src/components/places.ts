export interface Place {
  readonly href: string
  readonly name: string
  /** Not there in hardened mode. */
  readonly demoOnly?: true
}

/** The main navigation, in the order in which a newcomer would go. */
export const places: readonly Place[] = [
  { href: '/playground', name: 'Playground' },
  { href: '/lab', name: 'Lab', demoOnly: true },
  { href: '/inspector', name: 'Inspector' },
  { href: '/monitor', name: 'Monitor', demoOnly: true },
  { href: '/profile', name: 'Profile' },
  { href: '/docs', name: 'Docs' },
]
