import { headers } from 'next/headers'
import { pageHeaders } from './page-headers.ts'

/** What proxy.ts made for this page. */
export async function pageContext(): Promise<{
  nonce: string | undefined
  csrfToken: string
  /** Of this page, as it was asked for. */
  path: string
}> {
  const given = await headers()
  return {
    nonce: given.get(pageHeaders.nonce) ?? undefined,
    csrfToken: given.get(pageHeaders.csrf) ?? '',
    path: given.get(pageHeaders.path) ?? '/',
  }
}
