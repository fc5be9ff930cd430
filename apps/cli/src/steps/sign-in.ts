import { expectSame, NotAsExpected } from '../expectation.ts'
import type { NativeClient } from '../native-client.ts'
import type { Callback } from '../wire/await-callback.ts'
import { openFormBrowser } from '../wire/form-browser.ts'
import type { Server } from './discover.ts'
import type { PendingRequest } from './push-the-request.ts'

/** A person signs in and agrees, over the real forms; the code comes back to the loopback port. */
export async function signIn(
  client: NativeClient,
  server: Server,
  pending: PendingRequest,
  callback: Callback,
  password: string,
): Promise<string> {
  const { narrator, wire } = client
  narrator.step(
    'Alice signs in and agrees',
    'In real life this happens in a browser, and the client never sees the password. The walk fills in the same forms.',
  )
  const browser = openFormBrowser(wire.fetch)
  const url = new URL(server.authorization)
  url.search = new URLSearchParams({ client_id: client.id, request_uri: pending.requestUri }).toString()
  const login = await browser.open(url.href)
  const consent = await browser.submit(login, { username: 'alice', password, decision: 'login' })
  if (!consent.html.includes(client.key.jkt)) {
    throw new NotAsExpected(
      `The consent page should name the key ${client.key.jkt}, but does not (status ${consent.status})`,
    )
  }
  narrator.remark(`The consent page names the key that the client has proved: ${client.key.jkt}`)
  await browser.submit(consent, { decision: 'allow' })
  const answer = await arrived(callback)
  expectSame('state in the answer', answer.get('state'), pending.state)
  expectSame('iss in the answer (RFC 9207)', answer.get('iss'), server.issuer)
  const code = answer.get('code')
  if (code === null)
    throw new NotAsExpected(
      `The answer should hold a code, but says ${answer.get('error')}: ${answer.get('error_description')}`,
    )
  narrator.good('A code arrived at the client, with the state it sent and the issuer it asked.')
  return code
}

async function arrived(callback: Callback): Promise<URLSearchParams> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new NotAsExpected('The answer should reach the loopback port, but did not')),
      5_000,
    )
  })
  return Promise.race([callback.answer, late]).finally(() => clearTimeout(timer))
}
