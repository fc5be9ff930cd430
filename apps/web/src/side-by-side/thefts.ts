/** The thefts that are played side by side. The ids are those of the lab's attacks. */
export const thefts = [
  {
    id: 'bearer-downgrade',
    found: 'The access token turns up in a log.',
    tries: 'The thief sends it.',
  },
  {
    id: 'replay',
    found: 'A proxy has recorded one whole request.',
    tries: 'The thief sends it once more, as it is.',
  },
  {
    id: 'thief-key',
    found: 'The thief has the access token and knows how DPoP works.',
    tries: 'The thief makes a proof with a key of their own.',
  },
  {
    id: 'stolen-refresh-token',
    found: 'The refresh token is copied out of a backup.',
    tries: 'The thief gets new tokens with it.',
  },
] as const

export type TheftId = (typeof thefts)[number]['id']
