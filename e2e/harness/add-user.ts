import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { platform } from './platform.ts'
import { root } from './start-scripts.ts'

/** A user of a test's own, with everybody's password, so that nothing it ends is another test's. Gives the username. */
export function addUser(username: string): string {
  const { data, issuer, api, password } = platform()
  const about = ['--username', username, '--name', username, '--email', `${username}@example.com`]
  execFileSync(process.execPath, [join(root, 'apps/auth-server/dist/user-add.js'), ...about], {
    input: password,
    env: {
      PATH: process.env.PATH,
      KEYBOUND_DATA: data,
      ISSUER_URL: issuer,
      API_URL: api,
      NODE_ENV: 'production',
    },
  })
  return username
}
