import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { searchPath } from './env.ts'

export type ServerName = 'PostgreSQL' | 'Redis' | 'nginx'

/** What each server is started with, where it is looked for besides the PATH, and how it is installed. */
const servers: Readonly<
  Record<ServerName, { readonly programs: readonly string[]; readonly debian: string; readonly brew: string }>
> = {
  PostgreSQL: { programs: ['postgres'], debian: 'postgresql', brew: 'postgresql@17' },
  Redis: { programs: ['redis-server', 'valkey-server'], debian: 'redis-server', brew: 'redis' },
  nginx: { programs: ['nginx'], debian: 'nginx', brew: 'nginx' },
}

/** The path of the program that serves as `name`, or undefined where none is installed. */
export function findServer(name: ServerName): string | undefined {
  for (const folder of folders()) {
    for (const program of servers[name].programs) {
      const path = join(folder, program)
      if (isExecutable(path)) return path
    }
  }
  return undefined
}

/** Throws Error that says what is missing and how to install it. */
export function requireServer(name: ServerName): string {
  const path = findServer(name)
  if (path === undefined) throw new Error(howToInstall(name))
  return path
}

/** One sentence for each of the servers that is not installed. */
export function missingServers(names: readonly ServerName[]): readonly string[] {
  return names.filter((name) => findServer(name) === undefined).map(howToInstall)
}

function howToInstall(name: ServerName): string {
  const { programs, debian, brew } = servers[name]
  return `${name} is not installed (no ${programs.join(' or ')}). Debian, Ubuntu: apt-get install ${debian}; macOS: brew install ${brew}`
}

/** The PATH, then where distributions put what only administrators start. Debian keeps PostgreSQL by its version; the newest comes first. */
function folders(): readonly string[] {
  const byVersion = '/usr/lib/postgresql'
  const versions = existsSync(byVersion) ? readdirSync(byVersion).sort((a, b) => Number(b) - Number(a)) : []
  return [
    ...searchPath(),
    '/usr/sbin',
    '/usr/local/sbin',
    '/usr/local/bin',
    '/opt/homebrew/bin',
    ...versions.map((version) => join(byVersion, version, 'bin')),
  ]
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
