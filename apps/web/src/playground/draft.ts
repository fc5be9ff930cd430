import type { Clock } from '@keybound/oauth'
import { decodeProof } from '../proof/decode-proof.ts'

export interface Field {
  readonly name: string
  readonly value: string
}

/** A request that is about to be sent, in parts that can be changed. Values of the proof are as showValue writes them. */
export interface Draft {
  readonly method: string
  readonly url: string
  /** Without the proof, and without what follows from the body. */
  readonly headers: readonly Field[]
  readonly form?: readonly Field[]
  readonly proof?: { readonly header: readonly Field[]; readonly claims: readonly Field[] }
}

const formType = 'application/x-www-form-urlencoded'

/** The parts of a request as dpopFetch made it. The request is not used up. */
export async function draftOf(request: Request): Promise<Draft> {
  const proof = decodeProof(request.headers.get('dpop') ?? '')
  const headers = Array.from(request.headers, ([name, value]) => ({ name, value })).filter(
    ({ name }) => name !== 'dpop' && name !== 'content-type',
  )
  const isForm = request.headers.get('content-type')?.startsWith(formType)
  const form = isForm ? new URLSearchParams(await request.clone().text()) : undefined
  return {
    method: request.method,
    url: request.url,
    headers,
    ...(form && { form: Array.from(form, ([name, value]) => ({ name, value })) }),
    ...(proof && { proof: { header: fieldsOf(proof.header), claims: fieldsOf(proof.payload) } }),
  }
}

/**
 * The request that a draft describes. Its proof is signed anew by `sign`, which gives the compact JWS of the two parts; an iat that
 * nobody touched is now, since the draft may have waited.
 * Rejects with TypeError for a method, URL or header that fetch would not send.
 */
export async function requestOf(
  draft: Draft,
  original: Draft,
  { sign, clock }: { sign: SignProof; clock: Clock },
): Promise<Request> {
  const headers = new Headers()
  for (const { name, value } of draft.headers) if (name !== '') headers.append(name, value)
  if (draft.proof) headers.set('dpop', await sign(...partsOf(draft.proof, original.proof, clock())))
  const form = new URLSearchParams()
  for (const { name, value } of draft.form ?? []) if (name !== '') form.append(name, value)
  const hasBody = draft.form !== undefined && !['GET', 'HEAD'].includes(draft.method.toUpperCase())
  return new Request(draft.url, { method: draft.method, headers, ...(hasBody && { body: form }) })
}

export type SignProof = (
  header: Readonly<Record<string, unknown>>,
  claims: Readonly<Record<string, unknown>>,
) => Promise<string>

type Parts = NonNullable<Draft['proof']>

function partsOf(proof: Parts, original: Parts | undefined, now: number): Parameters<SignProof> {
  const claims = objectOf(proof.claims)
  const untouched = proof.claims.find(({ name }) => name === 'iat')?.value === iatOf(original)
  if (untouched && 'iat' in claims) claims.iat = Math.floor(now)
  return [objectOf(proof.header), claims]
}

function iatOf(proof: Parts | undefined): string | undefined {
  return proof?.claims.find(({ name }) => name === 'iat')?.value
}

function fieldsOf(object: Readonly<Record<string, unknown>>): Field[] {
  return Object.entries(object).map(([name, value]) => ({ name, value: showValue(value) }))
}

function objectOf(fields: readonly Field[]): Record<string, unknown> {
  const named = fields.filter(({ name }) => name !== '')
  return Object.fromEntries(named.map(({ name, value }) => [name, readValue(value)]))
}

/** A JSON value in a text field: a string without its quotes, unless that would read as something else. */
export function showValue(value: unknown): string {
  return typeof value === 'string' && readValue(value) === value ? value : JSON.stringify(value)
}

export function readValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
