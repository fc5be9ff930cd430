/** The scopes in words. One that is not listed here is shown by its own name. */
const words: Readonly<Record<string, { readonly title: string; readonly detail: string }>> = {
  openid: { title: 'Know who you are', detail: 'A number that stands for you, and when you signed in' },
  profile: { title: 'Read your profile', detail: 'Name, e-mail address and language' },
  email: { title: 'Read your e-mail address', detail: 'And whether it was confirmed' },
  'profile:write': { title: 'Change your profile', detail: 'Write a new name, e-mail address or language' },
  offline_access: {
    title: 'Keep this access while you are away',
    detail: 'Until you end it on your account page',
  },
}

export function scopeInWords(scope: string): { readonly title: string; readonly detail?: string } {
  return Object.hasOwn(words, scope) ? (words[scope] ?? { title: scope }) : { title: scope }
}
