/** The steps of the playground, in order. An id is the anchor of the step and the target of the home page's arrows. */
export const flowSteps = [
  {
    id: 'key',
    title: 'Generate a key',
    says: 'A key pair in this browser. The private half cannot be exported.',
  },
  {
    id: 'discover',
    title: 'Discover',
    says: 'The resource names its authorization server, the server names its endpoints.',
  },
  {
    id: 'par',
    title: 'Push the request',
    says: 'The authorization request goes ahead over the back channel and names the key that the code will be bound to.',
  },
  {
    id: 'authorize',
    title: 'Sign in and consent',
    says: 'A real redirect: you sign in and come back with a code.',
  },
  {
    id: 'token',
    title: 'Get the token',
    says: 'The code and a proof become an access token that is bound to the key.',
  },
  {
    id: 'profile',
    title: 'Read the profile',
    says: 'The token travels with a fresh proof for exactly this request.',
  },
  { id: 'refresh', title: 'Refresh', says: 'A new access token, again only with a proof from the same key.' },
  {
    id: 'revoke',
    title: 'Introspect and revoke',
    says: 'This site’s server asks what the token is worth, before and after it is revoked.',
  },
] as const

export type FlowStepId = (typeof flowSteps)[number]['id']
