/** Alice and Bob, who exist in demo mode. */
export const demoUsers = [
  {
    subject: '6f1c1d5e-0001-4000-8000-000000000001',
    username: 'alice',
    name: 'Alice Liddell',
    email: 'alice@example.com',
    locale: 'en-GB',
  },
  {
    subject: '6f1c1d5e-0001-4000-8000-000000000002',
    username: 'bob',
    name: 'Bob Cratchit',
    email: 'bob@example.com',
    locale: 'en-US',
  },
] as const
