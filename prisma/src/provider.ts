export type Provider = 'sqlite' | 'postgresql'

/** Which database `database` names: the URL of a PostgreSQL one, or else the path of an SQLite file. */
export function providerOf(database: string): Provider {
  return /^postgres(ql)?:\/\//.test(database) ? 'postgresql' : 'sqlite'
}

/** How a message names it: the path, or the URL without its password and parameters. */
export function shownDatabase(database: string): string {
  if (providerOf(database) === 'sqlite' || !URL.canParse(database)) return database
  const { host, pathname } = new URL(database)
  return `postgresql://${host}${pathname}`
}
