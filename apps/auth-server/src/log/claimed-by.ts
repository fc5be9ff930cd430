import { type Jkt, thumbprint } from '@keybound/dpop'
import { parseAuthorization, parseForm } from '@keybound/oauth'
import { decodeProtectedHeader } from 'jose'
import type { LogFields } from '../routing/route.ts'
import { redact } from './redact.ts'

/**
 * Who a request says it is from, for the log alone: client_id and the thumbprint of the proof's key. Beside an outcome that is
 * not `accepted` both are claims that nobody has proved.
 */
export async function claimedBy(request: Request): Promise<Pick<LogFields, 'client_id' | 'jkt'>> {
  const client = await claimedClient(request)
  const jkt = await claimedKey(request.headers.get('dpop'))
  return { ...(client === undefined ? {} : { client_id: client }), ...(jkt === undefined ? {} : { jkt }) }
}

async function claimedClient(request: Request): Promise<string | undefined> {
  try {
    const form = request.method === 'POST' ? parseForm(await request.text()) : undefined
    const client =
      form?.get('client_id') ?? basicUser(request.headers) ?? subjectOf(form?.get('client_assertion'))
    return client === undefined ? undefined : redact(client.slice(0, 100))
  } catch {
    return undefined
  }
}

function basicUser(headers: Headers): string | undefined {
  const sent = parseAuthorization(headers)
  if (sent?.scheme !== 'basic') return undefined
  const [user] = Buffer.from(sent.credentials, 'base64').toString().split(':')
  return user
}

function subjectOf(assertion: string | undefined): string | undefined {
  const payload = assertion?.split('.')[1]
  if (!payload) return undefined
  const { sub } = JSON.parse(Buffer.from(payload, 'base64url').toString())
  return typeof sub === 'string' ? sub : undefined
}

async function claimedKey(proofJwt: string | null): Promise<Jkt | undefined> {
  try {
    const { jwk } = decodeProtectedHeader(proofJwt ?? '')
    return jwk && (await thumbprint(jwk))
  } catch {
    return undefined
  }
}
