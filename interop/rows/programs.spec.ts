import { join } from 'node:path'
import { signInAndAllow } from '@keybound/e2e/harness/form-session'
import { platform } from '@keybound/e2e/harness/platform'
import { expect } from '@playwright/test'
import { expectCodeFlow, row, test } from '../harness/row.ts'
import { commandVersion, runProgram, whyNot } from '../harness/run-program.ts'
import type { Wire } from '../harness/wire.ts'

const clients = join(import.meta.dirname, '../clients')

test(
  'curl and openssl get a bound token, read the profile and refresh',
  row({
    product: 'curl and openssl, a shell script',
    version: `${commandVersion('curl')}, ${commandVersion('openssl', 'version')}`,
    role: 'client',
  }),
  async ({ wire }) => {
    const missing = whyNot('bash', 'curl', 'openssl')
    test.skip(missing !== undefined, missing)
    await expectProgramToWork('bash', join(clients, 'curl-openssl.sh'), wire, async (url) => {
      return (await signInAndAllow(url, platform().password)).href
    })
  },
)

test(
  'the JDK alone gets a bound token, reads the profile and refreshes',
  row({
    product: 'Java, one file without a dependency',
    version: commandVersion('java', '-version'),
    role: 'client',
  }),
  async ({ wire }) => {
    const missing = whyNot('javac')
    test.skip(missing !== undefined, missing)
    await expectProgramToWork('java', join(clients, '../spring/DpopClient.java'), wire, async (url) => {
      const answer = await signInAndAllow(url, platform().password)
      return (await fetch(answer)).text()
    })
  },
)

async function expectProgramToWork(
  command: string,
  file: string,
  wire: Wire,
  signIn: (url: string) => Promise<string>,
): Promise<void> {
  const { issuer, profileUrl } = platform()
  const output = await runProgram(command, [file, issuer, profileUrl], signIn)
  expect(output).toMatch(/Profile: \{.*"name":"Alice/)
  await expectCodeFlow(wire)
}
