import process from 'node:process'

/** The folders in which a shell would look for a program. */
export function searchPath(): readonly string[] {
  return (process.env.PATH ?? '').split(':').filter(Boolean)
}
