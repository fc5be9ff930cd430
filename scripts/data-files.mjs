// What a data directory holds that a backup has to hold too.

export const databases = ['auth.db', 'api.db', 'web.db']

/** Secrets, signing keys, keys of the demo clients. */
export const privateFiles = ['secrets.env', 'keys', 'clients']
